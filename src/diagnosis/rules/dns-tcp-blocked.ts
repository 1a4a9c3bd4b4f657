import { defineRule } from '../../model/rule.ts';
import { readNames } from '../names.ts';
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
  uses: ['pod', 'networkPolicies'],
  probes: ['dns-lookup', 'tcp-connect'],
  evaluate: ({ target, maybe, observations }) => {
    const { cluster, external } = readNames(observations, maybe.pod);
    if (cluster.state !== 'ok' && external.state !== 'ok') return [];
    const blocked = ofPurpose(observations['tcp-connect'], 'nameserver').filter(({ outcome }) => {
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
        next: [
          'kubectl get service -n kube-system -l k8s-app=kube-dns -o yaml',
          kubectl(target.namespace, 'get', 'networkpolicies'),
        ],
      },
    ];
  },
});
