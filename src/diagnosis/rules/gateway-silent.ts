import type { OutcomeOf } from '../../../probes/index.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { EVERYTHING, failingOver, namesOver } from '../family-effects.ts';
import { FAMILY_WORDS } from '../links.ts';
import { measured } from '../observed.ts';
import { PATH_PROBES, pathAnswers } from '../path-answers.ts';
import { egressPolicies, policyDoubt } from '../policy/egress.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

type Gateway = Extract<OutcomeOf<'gateway'>, { kind: 'gateways' }>['gateways'][number];

/** Nobody answers ARP or neighbour discovery for it, so that no packet can even be sent. */
const isAbsent = ({ reply, neighbour }: Gateway): boolean =>
  reply !== 'replied' && (neighbour === 'FAILED' || neighbour === 'INCOMPLETE');

const isSilent = (gateway: Gateway): boolean =>
  isAbsent(gateway) || gateway.reply === 'no-reply' || gateway.reply === 'unreachable';

const toldOf = ({ address, interface: link, reply, neighbour }: Gateway): string =>
  `${address} on ${link}: ${reply === 'not-permitted' || reply === 'not-asked' ? 'not pinged' : 'no answer to pings'}${neighbour === undefined ? '' : `, neighbour entry ${neighbour}`}`;

/**
 * A gateway that answers no pings while anything behind it answers is usual. One that is there (it answers ARP) may have its pings
 * dropped by the policy that drops all else: there it is silent.
 */
export default defineRule({
  id: 'gateway-silent',
  code: 'NC2002',
  layer: 'interface',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'networkPolicies'],
  probes: ['gateway', ...PATH_PROBES],
  evaluate: ({ target, internetMode, maybe, observations }) => {
    const ways = observations.gateway.flatMap(({ outcome }) => {
      const seen = measured(outcome);
      return seen?.kind === 'gateways' ? [seen] : [];
    });
    const gateways = ways.flatMap((way) => way.gateways);
    const onLink = ways.flatMap((way) => way.onLink ?? []);
    const families = [...new Set(gateways.map(({ family }) => family))];
    const only = families.length === 1 && onLink.length === 0;
    const policies = egressPolicies(maybe);
    const dead = families.flatMap((family) => {
      const own = gateways.filter((gateway) => gateway.family === family);
      if (onLink.some((link) => link.family === family) || !own.every(isSilent)) return [];
      const absent = own.every(isAbsent);
      const { answered, silent } = pathAnswers(observations, family, { byUs: absent, only });
      const dropped = policies.kind === 'selected' || policies.kind === 'unknown';
      return answered || silent.length === 0 || (dropped && !absent) ? [] : [{ family, own, absent, silent }];
    });
    const all = dead.length === families.length && onLink.length === 0;
    return dead.map(({ family, own, absent, silent }): FindingDraft => {
      const addresses = listed(unique(own.map(({ address }) => address)));
      const doubt = policyDoubt(maybe);
      return {
        about: family,
        confidence: absent ? 'certain' : doubt.confidence,
        summary: absent
          ? `Nobody answers for the default gateway ${addresses} on the pod's own link, so nothing gets out${only ? '' : ` over ${FAMILY_WORDS[family]}`}`
          : `The default gateway ${addresses} and everything behind it are silent`,
        evidence: [...own.map(toldOf), ...silent, ...(absent ? [] : doubt.lines)],
        explains: all
          ? EVERYTHING
          : [...failingOver(family, observations, internetMode), ...namesOver(family, observations)],
        next: [
          kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'wide'),
          'kubectl get pods -n kube-system -o wide',
          'ip neigh',
        ],
      };
    });
  },
});
