/** One rule of a policy: one of its peers and one of its ports must match; none of either means any. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import type { Direction } from './flow.ts';
import { anyOf, both, type Choice, type Match, unknown, YES } from './match.ts';
import { matchPeer, type PeerSeen, type PolicyPeer } from './peers.ts';
import { type Asked, matchPort, type PolicyPort } from './ports.ts';
import { surplusField } from './surplus.ts';

/** Of either direction. */
export interface Rule {
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
  readonly surplus: Match | undefined;
}

const FIELDS: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['from', 'ports'],
  egress: ['to', 'ports'],
};

export const rulesOf = ({ spec }: NetworkPolicy, direction: Direction): readonly Rule[] => {
  const read = (
    rule: object,
    peers: readonly PolicyPeer[] | undefined,
    ports: readonly PolicyPort[] | undefined,
  ): Rule => {
    const surplus = surplusField(rule, FIELDS[direction]);
    return {
      peers: peers ?? [],
      ports: ports ?? [],
      surplus: surplus === undefined ? undefined : unknown(surplus),
    };
  };
  return direction === 'egress'
    ? (spec.egress ?? []).map((rule) => read(rule, rule.to, rule.ports))
    : (spec.ingress ?? []).map((rule) => read(rule, rule.from, rule.ports));
};

/** What of a rule holds, or comes nearest. */
export interface Allowance {
  /** undefined: it has none, or none in particular came near. */
  readonly peer: PolicyPeer | undefined;
  readonly port: PolicyPort | undefined;
  /** How many it has; 0 of peers means anyone, of ports any port. */
  readonly peers: number;
  readonly ports: number;
}

export interface RuleMatch {
  readonly match: Match;
  readonly allowance: Allowance;
}

const orAny = <T>(items: readonly T[], matchOne: (item: T) => Match): Choice<T> =>
  items.length === 0 ? { match: YES, chosen: undefined } : anyOf(items, matchOne);

/** `namespace`: the policy's. */
export const matchRule = (rule: Rule, seen: PeerSeen, asked: Asked, namespace: string): RuleMatch => {
  const peer = orAny(rule.peers, (one) => matchPeer(one, seen, namespace));
  const port = orAny(rule.ports, (one) => matchPort(one, asked));
  return {
    match: rule.surplus ?? both(peer.match, port.match),
    allowance: {
      peer: peer.chosen,
      port: port.chosen,
      peers: rule.peers.length,
      ports: rule.ports.length,
    },
  };
};
