import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { lookupDrafts } from '../name-drafts.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { policyDoubt } from '../policy/egress.ts';
import { connectTo, REACH_PURPOSES } from '../reach.ts';
import { inCommand, kubectl } from '../wording.ts';

export default defineRule({
  id: 'nameserver-silent',
  code: 'NC3001',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [...NAME_EVIDENCE, 'networkPolicies'],
  probes: [...NAME_PROBES, 'http-get'],
  evaluate: ({ target, maybe, observations }) => {
    const doubt = policyDoubt(maybe);
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
        ofCluster: [commands.pods, commands.endpoints],
        after: [
          kubectl(target.namespace, 'get', 'networkpolicies'),
          ...(nothing
            ? [kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'wide')]
            : []),
        ],
      },
    );
  },
});
