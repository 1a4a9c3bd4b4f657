import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { policyDoubt } from '../policy/egress.ts';
import { kubectl, listed } from '../wording.ts';

/** A warning: names resolve, until an answer is too large for UDP. */
export default defineRule({
  id: 'dns-tcp-blocked',
  code: 'NC3008',
  layer: 'name',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [...NAME_EVIDENCE, 'networkPolicies'],
  probes: NAME_PROBES,
  evaluate: ({ target, maybe, observations }) => {
    const { cluster, external } = readNames(observations, maybe);
    if (cluster.state !== 'ok' && external.state !== 'ok') return [];
    const answering = observations['dns-lookup'].flatMap(({ outcome }) =>
      'server' in outcome && outcome.server !== undefined ? [outcome.server] : [],
    );
    const blocked = ofPurpose(observations['tcp-connect'], 'nameserver').filter(({ question, outcome }) => {
      // Of a server that was not asked over UDP (a cache on the node was) nothing is known.
      if (!answering.includes(question.host)) return false;
      const kind = measured(outcome)?.kind;
      return kind !== undefined && kind !== 'open';
    });
    if (blocked.length === 0) return [];
    const servers = listed(blocked.map(({ question }) => question.host));
    return [
      {
        confidence: 'certain',
        summary: `${servers} answers DNS over UDP, but not over TCP: answers that are too large for UDP will fail`,
        evidence: [
          ...blocked.map(({ question, outcome }) => `TCP ${question.host}:53: ${outcome.kind}`),
          ...policyDoubt(maybe).lines,
        ],
        next: [dnsCommands(maybe.dnsService).service, kubectl(target.namespace, 'get', 'networkpolicies')],
      },
    ];
  },
});
