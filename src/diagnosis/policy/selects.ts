/** Which NetworkPolicies apply to a pod at all: labels and policyTypes, as the API reference says. */
import type { LabelSelector, NetworkPolicy, Pod } from '../../model/kubernetes.ts';

export type Direction = 'ingress' | 'egress';
type Labels = Readonly<Record<string, string>>;
type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

/** An operator that the API does not know selects nothing, as no such policy can be stored. */
const meets = (labels: Labels, { key, operator, values = [] }: Requirement): boolean => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
};

/** An empty selector matches everything; all its requirements must hold. */
export const matchesLabels = (selector: LabelSelector | undefined, labels: Labels = {}): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  ) && (selector?.matchExpressions ?? []).every((requirement) => meets(labels, requirement));

/** policyTypes left out means Ingress, and Egress only where an egress section is there, even an empty one. */
export const covers = ({ spec }: NetworkPolicy, direction: Direction): boolean =>
  spec.policyTypes === undefined || spec.policyTypes.length === 0
    ? direction === 'ingress' || spec.egress !== undefined
    : spec.policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress');

/** The policies of the pod's own namespace that isolate it in this direction. */
export const policiesSelecting = (
  policies: readonly NetworkPolicy[],
  pod: Pod,
  direction: Direction,
): readonly NetworkPolicy[] =>
  policies.filter(
    (policy) =>
      (policy.metadata.namespace === undefined || policy.metadata.namespace === pod.metadata.namespace) &&
      covers(policy, direction) &&
      matchesLabels(policy.spec.podSelector, pod.metadata.labels),
  );
