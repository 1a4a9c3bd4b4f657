/** Which policies isolate a pod in a direction: of its own namespace, with this policyType, and with a podSelector that matches it. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { at, type Doubt, type PolicyRef } from './doubt.ts';
import type { Direction, PodEnd } from './flow.ts';
import { both, type Match, no, unknown, YES } from './match.ts';
import { type LabelsSeen, matchSelector } from './selectors.ts';

const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const;

/**
 * The API server fills in policyTypes that are left out: Ingress, and Egress where there is at least one egress rule
 * (pkg/apis/networking/v1/defaults.go). An empty list of egress rules counts as left out.
 */
export const coversDirection = ({ spec }: NetworkPolicy, direction: Direction): Match => {
  const { policyTypes = [], egress = [] } = spec;
  if (policyTypes.length === 0) return direction === 'ingress' || egress.length > 0 ? YES : no();
  if (policyTypes.includes(TYPES[direction])) return YES;
  const strange = policyTypes.find((type) => type !== TYPES.ingress && type !== TYPES.egress);
  return strange === undefined ? no() : unknown({ kind: 'invalid', field: 'policyType', value: strange });
};

export interface Isolating {
  /** Select it for certain. */
  readonly selecting: readonly NetworkPolicy[];
  /** May select it. */
  readonly doubtful: readonly { readonly policy: NetworkPolicy; readonly doubts: readonly Doubt[] }[];
}

export type Subject = Pick<PodEnd, 'namespace' | 'labels'>;

/** A policy without a namespace comes from a file, and is meant for the pod's. */
const namespaceOf = ({ metadata }: NetworkPolicy, subject: Subject): string =>
  metadata.namespace ?? subject.namespace;

export const refOf = (policy: NetworkPolicy, subject: Subject): PolicyRef => ({
  namespace: namespaceOf(policy, subject),
  name: policy.metadata.name,
});

export const isolating = (
  policies: readonly NetworkPolicy[],
  subject: Subject,
  direction: Direction,
): Isolating => {
  const seen: LabelsSeen = { of: 'pod', labels: subject.labels };
  const selecting: NetworkPolicy[] = [];
  const doubtful: Isolating['doubtful'][number][] = [];
  for (const policy of policies) {
    if (namespaceOf(policy, subject) !== subject.namespace) continue;
    const match = both(
      coversDirection(policy, direction),
      matchSelector(policy.spec.podSelector ?? {}, seen),
    );
    if (match.holds === 'yes') selecting.push(policy);
    if (match.holds === 'unknown')
      doubtful.push({ policy, doubts: at(match.doubts, refOf(policy, subject)) });
  }
  return { selecting, doubtful };
};
