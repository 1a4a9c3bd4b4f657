import { defineRule } from '../../model/rule.ts';
import { deniedBy, deniedDraft } from '../flows/denied.ts';
import { FLOW_EVIDENCE, flowsOf } from '../flows/flows.ts';
import type { JudgedFlow } from '../flows/judged.ts';
import { WAY_PROBES } from '../way-out.ts';
import { unique } from '../wording.ts';

/** Of a destination, each port by itself. */
const portsOf = (flows: readonly JudgedFlow[]): readonly ((flow: JudgedFlow) => boolean)[] =>
  unique(flows.map(({ flow: { port, protocol } }) => `${port}/${protocol}`)).map(
    (way) =>
      ({ about, flow: { port, protocol } }) =>
        about === 'destination' && `${port}/${protocol}` === way,
  );

/** What has to pass as a whole: the world in each family by itself, because a policy may name ranges of one alone. */
const GROUPS: readonly ((flow: JudgedFlow) => boolean)[] = [
  ({ about }) => about === 'kubernetes-api',
  ({ about, to }) => about === 'internet' && !to.includes(':'),
  ({ about, to }) => about === 'internet' && to.includes(':'),
];

/**
 * Where one way of several is open (an endpoint, an address outside), what was asked may still pass: only where all are closed. What
 * passes all the same is `policy-not-enforced`; DNS has a rule of its own. A warning where nothing was tried that was not asked for.
 */
export default defineRule({
  id: 'egress-denied',
  code: 'NC5001',
  layer: 'policy',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: FLOW_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ maybe, observations, destination }) => {
    const flows = flowsOf(observations, maybe, destination);
    return [...portsOf(flows), ...GROUPS].flatMap((belongs) => {
      const asked = flows.filter(belongs);
      const denied = deniedBy(asked, 'egress').filter(({ fate }) => fate !== 'passes');
      const [first] = denied;
      if (first === undefined) return [];
      const tried = denied.some(({ fate }) => fate !== 'not-measured');
      // An endpoint that is closed is one that connections are led to now and then.
      if (denied.length < asked.length && !(first.about === 'destination' && tried)) return [];
      const severity = tried || first.about === 'destination' ? ('error' as const) : ('warning' as const);
      return [{ ...deniedDraft(first, denied, 'egress'), severity }];
    });
  },
});
