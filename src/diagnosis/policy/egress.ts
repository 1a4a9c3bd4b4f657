/** What is known of egress policies of the target, before anybody has evaluated their rules. */
import type { Evidence } from '../../model/evidence.ts';
import type { Confidence } from '../../model/finding.ts';
import { counted, listed } from '../wording.ts';
import { policiesSelecting } from './selects.ts';

export type EgressPolicies =
  | { readonly kind: 'none' }
  /** hostNetwork: network plugins do not apply policies to it in practice. */
  | { readonly kind: 'host-network' }
  | { readonly kind: 'selected'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

export const egressPolicies = ({
  pod,
  networkPolicies,
}: Pick<Evidence, 'pod' | 'networkPolicies'>): EgressPolicies => {
  if (pod.state !== 'known') return { kind: 'unknown', why: 'the pod was not read' };
  if (pod.value.spec.hostNetwork === true) return { kind: 'host-network' };
  switch (networkPolicies.state) {
    case 'known': {
      const names = policiesSelecting(networkPolicies.value, pod.value, 'egress').map((p) => p.metadata.name);
      return names.length === 0 ? { kind: 'none' } : { kind: 'selected', names };
    }
    case 'absent':
      return { kind: 'none' };
    case 'forbidden':
      return { kind: 'unknown', why: 'not permitted to list networkpolicies' };
    case 'failed':
      return { kind: 'unknown', why: `networkpolicies were not read: ${networkPolicies.reason}` };
    case 'not-asked':
      return { kind: 'unknown', why: 'networkpolicies were not asked for' };
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
      return { confidence: 'possible', lines: [`NetworkPolicies may be the reason: ${egress.why}`] };
    case 'selected':
      return {
        confidence: 'possible',
        lines: [
          `${counted(egress.names.length, 'NetworkPolicy selects', 'NetworkPolicies select')} this pod for egress and may be the reason: ${listed(egress.names)}`,
        ],
      };
  }
};
