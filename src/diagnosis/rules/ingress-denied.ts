import { defineRule } from '../../model/rule.ts';
import { deniedBy, deniedDraft } from '../flows/denied.ts';
import { FLOW_EVIDENCE, flowsOf } from '../flows/flows.ts';
import { WAY_PROBES } from '../way-out.ts';

/** Of the destination's own policies. Some endpoints may be covered and others not: each that is closed counts, and does not pass. */
export default defineRule({
  id: 'ingress-denied',
  code: 'NC5002',
  layer: 'policy',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: FLOW_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ maybe, observations, destination }) => {
    const flows = flowsOf(observations, maybe, destination).filter(({ about }) => about === 'destination');
    const denied = deniedBy(flows, 'ingress').filter(({ fate }) => fate !== 'passes');
    const [first] = denied;
    return first === undefined ? [] : [deniedDraft(first, denied, 'ingress')];
  },
});
