/** Why something could not be told, as data. */

export interface PolicyRef {
  readonly namespace: string;
  readonly name: string;
}

export type Doubt = {
  /** Where it matters; undefined: for the direction as a whole. `rule` counts from 0. */
  readonly at?: { readonly policy: PolicyRef; readonly rule?: number | undefined } | undefined;
} & (
  | { readonly kind: 'policies-not-known'; readonly why: string }
  | { readonly kind: 'unidentified'; readonly ip: string; readonly why: string }
  | { readonly kind: 'labels-not-known'; readonly of: 'pod' | 'namespace'; readonly key: string }
  | { readonly kind: 'address-not-known' }
  /** A pod of two families, of which one is allowed. */
  | { readonly kind: 'which-address'; readonly allowed: string; readonly other: string }
  /** A selector meets a peer in the node's network: what it looks like differs by network plugin. */
  | { readonly kind: 'host-network-peer' }
  /** Whether traffic to the pod's own node needs a rule differs by network plugin. */
  | { readonly kind: 'to-own-node' }
  /** Traffic from the pod's own node would be let in. */
  | { readonly kind: 'own-node-not-known' }
  | { readonly kind: 'port-names-not-known'; readonly name: string }
  /** Two containers give one name to several ports. */
  | { readonly kind: 'port-name-ambiguous'; readonly name: string; readonly numbers: readonly number[] }
  | { readonly kind: 'protocol-not-policed'; readonly protocol: string }
  /** No API server that this was written for stores such a policy. */
  | { readonly kind: 'invalid'; readonly field: string; readonly value: string }
);

/** Each once. */
export const distinct = (doubts: readonly Doubt[]): readonly Doubt[] => [
  ...new Map(doubts.map((doubt) => [JSON.stringify(doubt), doubt])).values(),
];

export const at = (
  doubts: readonly Doubt[],
  policy: PolicyRef,
  rule?: number | undefined,
): readonly Doubt[] => doubts.map((doubt) => ({ ...doubt, at: { policy, rule } }));
