import { defineRule } from '../../model/rule.ts';
import { policyDoubt } from '../flows/doubt.ts';
import { attemptsTo, connectTo } from '../reach.ts';
import { WAY_EVIDENCE, WAY_PROBES } from '../way-out.ts';

/** Of the targets that the user named each must answer. Where none does, that is told of the way out as a whole. */
export default defineRule({
  id: 'named-target-dead',
  code: 'NC8006',
  layer: 'route',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ internetMode, maybe, observations, destination }) => {
    const { connected } = connectTo(observations, 'internet');
    if (internetMode !== 'custom' || connected.length === 0) return [];
    const dead = attemptsTo(observations, 'internet').filter(
      ({ connect }) => connect !== 'connected' && connect !== 'unmeasured',
    );
    const doubt = policyDoubt('internet', observations, maybe, destination);
    return dead.map(({ target, text, connect }) => ({
      about: target,
      confidence: connect === 'no-name' ? ('certain' as const) : doubt.confidence,
      summary: `${text}, while another target that was named answers`,
      evidence: [...connected.map((other) => other.text), ...(connect === 'no-name' ? [] : doubt.lines)],
      next: ['kubectl get nodes -o wide'],
    }));
  },
});
