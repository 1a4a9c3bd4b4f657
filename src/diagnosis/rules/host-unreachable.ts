import { defineRule } from '../../model/rule.ts';
import { CONNECT_SYMPTOM, connectDrafts } from '../connect-drafts.ts';
import { lookupDrafts } from '../name-drafts.ts';

/** No route, an ICMP error, an administrative prohibition: also on the way to the nameserver. */
export default defineRule({
  id: 'host-unreachable',
  code: 'NC6005',
  ...CONNECT_SYMPTOM,
  evaluate: ({ target, maybe, observations, destination }) => [
    ...lookupDrafts(
      { target, seen: observations, evidence: maybe },
      {
        kind: 'unreachable',
        summary: (servers, _names, effect) => `There is no way to ${servers}, so ${effect}`,
        ofCluster: ['kubectl get pods -n kube-system -o wide'],
      },
    ).map((draft) => ({ ...draft, about: 'nameserver' })),
    ...connectDrafts(
      observations,
      maybe,
      ['unreachable', 'not-permitted', 'connect-failed'],
      true,
      destination,
    ),
  ],
});
