/** Which NetworkPolicies apply to a pod at all, told as yes or no: what is not certain counts as no. */
import type { LabelSelector, NetworkPolicy, Pod } from '../../model/kubernetes.ts';
import { podEnd } from './ends.ts';
import type { Direction, Labels } from './flow.ts';
import { coversDirection, isolating } from './isolation.ts';
import { matchSelector } from './selectors.ts';

export type { Direction } from './flow.ts';

/** An empty selector matches everything; all its requirements must hold. */
export const matchesLabels = (selector: LabelSelector | undefined, labels: Labels = {}): boolean =>
  matchSelector(selector ?? {}, { of: 'pod', labels }).holds === 'yes';

/** policyTypes left out means Ingress, and Egress only where an egress section has rules: the API server counts them. */
export const covers = (policy: NetworkPolicy, direction: Direction): boolean =>
  coversDirection(policy, direction).holds === 'yes';

/** The policies of the pod's own namespace that isolate it in this direction. */
export const policiesSelecting = (
  policies: readonly NetworkPolicy[],
  pod: Pod,
  direction: Direction,
): readonly NetworkPolicy[] => isolating(policies, podEnd(pod, undefined), direction).selecting;
