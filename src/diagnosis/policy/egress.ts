/** What is known of egress policies of the target, before anybody has evaluated their rules. */
import type { Evidence } from '../../model/evidence.ts';
import type { Confidence } from '../../model/finding.ts';
import { couldBe, counted, listed } from '../wording.ts';
import { podEnd, policiesOf } from './ends.ts';
import { type Isolating, isolating } from './isolation.ts';

export type EgressPolicies =
  | { readonly kind: 'none' }
  /** hostNetwork: network plugins do not apply policies to it in practice. */
  | { readonly kind: 'host-network' }
  | { readonly kind: 'selected'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** A policy that may select the pod counts beside others that do; where there is no other, nothing is certain. */
const selectedBy = ({ selecting, doubtful }: Isolating): EgressPolicies => {
  const perhaps = doubtful.map(({ policy }) => policy.metadata.name);
  if (selecting.length > 0)
    return { kind: 'selected', names: [...selecting.map(({ metadata }) => metadata.name), ...perhaps] };
  return perhaps.length === 0
    ? { kind: 'none' }
    : { kind: 'unknown', why: `whether ${listed(perhaps)} applies to this pod could not be told` };
};

export const egressPolicies = ({
  pod,
  networkPolicies,
}: Pick<Evidence, 'pod' | 'networkPolicies'>): EgressPolicies => {
  if (pod.state !== 'known') return { kind: 'unknown', why: 'the pod was not read' };
  if (pod.value.spec.hostNetwork === true) return { kind: 'host-network' };
  const policies = policiesOf(networkPolicies);
  switch (policies.state) {
    case 'known':
      return selectedBy(isolating(policies.policies, podEnd(pod.value, undefined), 'egress'));
    case 'unknown':
      return { kind: 'unknown', why: policies.why };
  }
};

/** For a symptom that a dropping policy would cause too: what to add to its evidence, and how sure it can still be. */
export const policyDoubt = (
  evidence: Pick<Evidence, 'pod' | 'networkPolicies'>,
): { readonly confidence: Confidence; readonly lines: readonly string[] } => {
  const egress = egressPolicies(evidence);
  switch (egress.kind) {
    case 'none':
      return { confidence: 'likely', lines: ['no NetworkPolicy selects this pod for egress'] };
    case 'host-network':
      return { confidence: 'likely', lines: [] };
    case 'unknown':
      return { confidence: 'possible', lines: [couldBe(`a NetworkPolicy (${egress.why})`)] };
    case 'selected':
      return {
        confidence: 'possible',
        lines: [
          `${counted(egress.names.length, 'NetworkPolicy selects', 'NetworkPolicies select')} this pod for egress and may be the reason: ${listed(egress.names)}`,
        ],
      };
  }
};
