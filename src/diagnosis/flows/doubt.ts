/** For a symptom that a dropping policy would cause too: what to add to its evidence, and how sure it can still be. */
import type { Destination } from '../../model/destination.ts';
import type { Confidence } from '../../model/finding.ts';
import { policyDoubt as unevaluated } from '../policy/egress.ts';
import { policiesOf } from '../policy/ends.ts';
import { explainDirection } from '../policy/explain.ts';
import type { WaySeen } from '../way-seen.ts';
import { couldBe, kubectl, unique } from '../wording.ts';
import { type FlowEvidence, flowsOf } from './flows.ts';
import type { FlowAbout, JudgedFlow } from './judged.ts';

export interface PolicyDoubt {
  readonly confidence: Confidence;
  readonly lines: readonly string[];
}

/** To look at policies is of use only where one of them may be the reason. */
export const policyCommands = ({ confidence }: PolicyDoubt, namespace: string): readonly string[] =>
  confidence === 'possible' ? [kubectl(namespace, 'get', 'networkpolicies')] : [];

const explained = ({ flow, verdict }: JudgedFlow): readonly string[] => [
  ...explainDirection(flow, 'egress', verdict.egress),
  ...(verdict.ingress.state === 'allowed' && verdict.ingress.because.kind === 'outside'
    ? []
    : explainDirection(flow, 'ingress', verdict.ingress)),
];

/** Whether any policy has a say in it: where none selects either end, one short line says so. */
const isPoliced = ({ verdict: { egress, ingress } }: JudgedFlow): boolean =>
  [egress, ingress].some((one) => one.state !== 'allowed' || one.because.kind === 'rule');

/** Of a destination whose pods are not known, whether its own policies let anybody in is not, either. */
const withFarEnd = (
  near: PolicyDoubt,
  { destinationPolicies }: FlowEvidence,
  destination: Destination | undefined,
): PolicyDoubt => {
  if (destination?.namespace === undefined || destination.kind === 'host') return near;
  const policies = policiesOf(destinationPolicies);
  if (policies.state === 'known' && policies.policies.length === 0) return near;
  const place = `namespace ${destination.namespace}`;
  return {
    confidence: 'possible',
    lines: [
      ...near.lines,
      policies.state === 'unknown'
        ? couldBe(`a NetworkPolicy of ${place} (${policies.why})`)
        : couldBe(`a NetworkPolicy of ${place} (which pods it would be asked for is not known)`),
    ],
  };
};

export const policyDoubt = (
  about: FlowAbout,
  seen: WaySeen,
  evidence: FlowEvidence,
  destination: Destination | undefined,
): PolicyDoubt => {
  const flows = flowsOf(seen, evidence, destination).filter((flow) => flow.about === about);
  const [first] = flows;
  if (first === undefined)
    return withFarEnd(unevaluated(evidence), evidence, about === 'destination' ? destination : undefined);
  // A finding of its own tells of it, and explains the symptom.
  if (flows.some(({ verdict }) => verdict.state === 'denied')) return { confidence: 'likely', lines: [] };
  const unknown = flows.find(({ verdict }) => verdict.state === 'unknown');
  if (unknown !== undefined) return { confidence: 'possible', lines: explained(unknown) };
  return isPoliced(first) ? { confidence: 'likely', lines: unique(explained(first)) } : unevaluated(evidence);
};
