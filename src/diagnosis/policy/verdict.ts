/** What the policies of one end say of a flow, and of both ends together. */
import type { Doubt, PolicyRef } from './doubt.ts';
import type { Miss } from './miss.ts';
import type { Allowance } from './rules.ts';

export type Because =
  | { readonly kind: 'no-policy-selects' }
  /** `rule` counts from 0, in the policy's list for this direction. */
  | {
      readonly kind: 'rule';
      readonly policy: PolicyRef;
      readonly rule: number;
      readonly allowance: Allowance;
    }
  /** It uses the node's network: network plugins do not apply policies to it in practice. */
  | { readonly kind: 'host-network' }
  /** It is no pod of the cluster. */
  | { readonly kind: 'outside' }
  /** Traffic of a pod's own node is let in. */
  | { readonly kind: 'own-node' }
  /** A pod cannot be kept from itself. */
  | { readonly kind: 'itself' };

export interface Nearest {
  readonly policy: PolicyRef;
  /** Counts from 0. */
  readonly rule: number;
  readonly allowance: Allowance;
  /** All that keeps it from allowing the flow. */
  readonly misses: readonly Miss[];
}

export type Verdict =
  | { readonly state: 'allowed'; readonly because: Because }
  | {
      readonly state: 'denied';
      /** All that select the pod for this direction: none of them allows the flow. */
      readonly policies: readonly PolicyRef[];
      /** How many rules they have for this direction. */
      readonly rules: number;
      /** undefined: they have no rule at all. */
      readonly nearest: Nearest | undefined;
    }
  | { readonly state: 'unknown'; readonly why: readonly Doubt[] };

export interface FlowVerdict {
  /** Both ends must allow it. */
  readonly state: Verdict['state'];
  readonly egress: Verdict;
  readonly ingress: Verdict;
}
