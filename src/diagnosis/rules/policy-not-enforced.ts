import { defineRule } from '../../model/rule.ts';
import { deniedBy, doNotLet, policyNames } from '../flows/denied.ts';
import { FLOW_EVIDENCE, flowsOf } from '../flows/flows.ts';
import { waysText } from '../flows/wording.ts';
import { explainDirection } from '../policy/explain.ts';
import { WAY_PROBES } from '../way-out.ts';
import { unique } from '../wording.ts';

/** What passes although a policy denies it: nobody is kept out by such policies. A warning, because what was asked works. */
export default defineRule({
  id: 'policy-not-enforced',
  code: 'NC5005',
  layer: 'policy',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: FLOW_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, maybe, observations, destination }) => {
    const flows = flowsOf(observations, maybe, destination).filter(({ fate }) => fate === 'passes');
    const denied = (['egress', 'ingress'] as const).flatMap((direction) =>
      deniedBy(flows, direction).map((one) => ({ ...one, direction })),
    );
    if (denied.length === 0) return [];
    const names = unique([...policyNames(denied, 'egress'), ...policyNames(denied, 'ingress')]);
    const flowsDenied = flows.filter(({ verdict }) => verdict.state === 'denied');
    return [
      {
        confidence: 'likely',
        summary: `${doNotLet(names)} ${target.pod} reach ${waysText(flowsDenied)}, yet it passes: the network plugin does not enforce them, or something else lets it through`,
        evidence: unique(
          denied.flatMap(({ flow, verdict, direction }) =>
            explainDirection(flow, direction, verdict[direction]),
          ),
        ).slice(0, 6),
        next: ['kubectl get daemonsets -A -o wide', 'kubectl get networkpolicies -A'],
      },
    ];
  },
});
