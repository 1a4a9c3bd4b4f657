import type { Target } from '../../model/case.ts';
import type { Evidence } from '../../model/evidence.ts';
import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { policyCommands, policyDoubt } from '../flows/doubt.ts';
import { lookupDrafts } from '../name-drafts.ts';
import { connectTo, REACH_PURPOSES } from '../reach.ts';
import { WAY_EVIDENCE, WAY_PROBES } from '../way-out.ts';
import { inCommand, kubectl } from '../wording.ts';

const askDnsPods = (target: Target, dnsService: Evidence['dnsService']): readonly string[] => {
  if (dnsService.state !== 'known') return [];
  const { name, namespace = 'kube-system' } = dnsService.value.metadata;
  return [
    kubectl(
      target.namespace,
      'netcheck',
      inCommand(target.pod, 'POD'),
      '--to',
      `svc/${inCommand(name, 'SERVICE')}.${inCommand(namespace, 'NAMESPACE')}:53`,
    ),
  ];
};

export default defineRule({
  id: 'nameserver-silent',
  code: 'NC3001',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, maybe, observations, destination }) => {
    const doubt = policyDoubt('nameserver', observations, maybe, destination);
    const reached = REACH_PURPOSES.map((purpose) => connectTo(observations, purpose));
    const nothing =
      reached.some(({ state }) => state === 'failed') && reached.every(({ state }) => state !== 'ok');
    const commands = dnsCommands(maybe.dnsService);
    return lookupDrafts(
      { target, seen: observations, evidence: maybe },
      {
        kind: 'timed-out',
        summary: (servers, names, _effect, alone) =>
          nothing
            ? `Nothing outside the pod answers: not DNS (${alone}), and no connection either`
            : `No answer in time from ${servers} for ${names}`,
        confidence: doubt.confidence,
        evidence: [
          ...(nothing ? reached.flatMap(({ failed }) => failed.map(({ text }) => text)) : []),
          ...doubt.lines,
        ],
        ofCluster: [
          commands.pods,
          commands.endpoints,
          // Each DNS pod by itself, which tells one that is deaf from a way that is closed.
          ...(nothing ? [] : askDnsPods(target, maybe.dnsService)),
        ],
        after: [
          ...policyCommands(doubt, target.namespace),
          ...(nothing
            ? [kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'wide')]
            : []),
        ],
      },
    );
  },
});
