import { defineRule } from '../../model/rule.ts';
import { FAMILY_WORDS } from '../links.ts';
import { attemptsTo, familyOf } from '../reach.ts';
import { listed } from '../wording.ts';

/**
 * Always a warning: the other family works, and most programs fall back to it. Only the default targets are judged together, and
 * they are asked only in families that the pod has; each target that the user named is told by `named-target-dead`.
 */
export default defineRule({
  id: 'one-family-broken',
  code: 'NC6008',
  layer: 'port',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ internetMode, observations }) => {
    const attempts = attemptsTo(observations, 'internet').filter(
      ({ observation }) => observation.probe === 'tcp-connect',
    );
    const of = (family: 'ipv4' | 'ipv6') =>
      attempts.filter(({ observation }) => familyOf(observation) === family);
    const pairs = [['ipv4', 'ipv6'] as const, ['ipv6', 'ipv4'] as const];
    const works = ({ connect }: (typeof attempts)[number]) => connect === 'connected';
    if (internetMode === 'custom') return [];
    return pairs.flatMap(([dead, alive]) => {
      const failed = of(dead);
      if (failed.length === 0 || !of(alive).some(works)) return [];
      if (failed.some((attempt) => works(attempt) || attempt.connect === 'unmeasured')) return [];
      return [
        {
          about: dead,
          confidence: 'likely',
          summary: `${FAMILY_WORDS[dead]} does not get out of this pod, ${FAMILY_WORDS[alive]} does: no answer from ${listed(failed.map(({ target }) => target))}`,
          evidence: failed.map(({ text }) => text),
          next: ['kubectl get nodes -o wide', "kubectl get nodes -o jsonpath='{.items[*].status.addresses}'"],
        },
      ];
    });
  },
});
