/** What differs between a flow and what a rule allows, as data. */

export type Miss =
  | {
      readonly kind: 'protocol';
      readonly wanted: string;
      /** The rule names none, and TCP is meant. */
      readonly byDefault: boolean;
      readonly has: string;
    }
  | { readonly kind: 'port'; readonly wanted: number; readonly to?: number | undefined; readonly has: number }
  | {
      readonly kind: 'port-name';
      readonly name: string;
      readonly protocol: string;
      /** What the destination's containers give this name to; empty: nothing, with this protocol. */
      readonly numbers: readonly number[];
      readonly has: number;
    }
  /** Names of ports are resolved on pods, and the destination is none. */
  | { readonly kind: 'port-name-outside'; readonly name: string }
  | {
      readonly kind: 'label';
      readonly of: 'pod' | 'namespace';
      readonly key: string;
      readonly operator: string;
      readonly values: readonly string[];
      /** undefined: it has no such label. */
      readonly has: string | undefined;
    }
  /** A podSelector alone means pods of the policy's own namespace. */
  | { readonly kind: 'namespace'; readonly wanted: string; readonly has: string }
  /** Selectors match pods only. */
  | { readonly kind: 'not-a-pod'; readonly ip: string }
  | { readonly kind: 'not-in-cidr'; readonly cidr: string; readonly address: string }
  | {
      readonly kind: 'excepted';
      readonly cidr: string;
      readonly except: string;
      readonly address: string;
    };

/** How far from the flow: a slip in the port is nearer than another peer, and another peer nearer than another kind of peer. */
const DISTANCE: Readonly<Record<Miss['kind'], number>> = {
  protocol: 2,
  port: 3,
  'port-name': 3,
  'port-name-outside': 4,
  label: 4,
  namespace: 4,
  excepted: 4,
  'not-in-cidr': 8,
  'not-a-pod': 12,
};

export const distanceOf = (misses: readonly Miss[]): number =>
  misses.reduce((sum, { kind }) => sum + DISTANCE[kind], 0);
