/**
 * NetworkPolicy as set algebra, to hold the evaluator against: everything that each policy allows is written out, as a set of "who talks to
 * whom on what", over a small world in which everything is known. It shares no code with the evaluator, and can make the mistakes that other
 * evaluators were seen to make.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { LabelSelector, NetworkPolicy } from '../../../src/model/kubernetes.ts';

export const MISTAKES = [
  'policies not OR-ed',
  'empty from/to read as deny',
  'peer AND read as OR',
  'Service port instead of targetPort',
  'protocol ignored',
  'endPort ignored',
  'named ports ignored',
  'only the first pod or IP looked at',
  'a deny-all called "allows all"',
  'matchExpressions ignored',
  'a failed check treated as blocked',
] as const;
export type Mistake = (typeof MISTAKES)[number];

export interface NaivePod {
  readonly id: string;
  /** undefined: outside the cluster. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: string }[];
}
export interface NaiveWorld {
  readonly pods: readonly NaivePod[];
  readonly ports: readonly number[];
  readonly protocols: readonly string[];
}
type Side = 'ingress' | 'egress';
type Ids = ReadonlySet<string>;

export const entry = (subject: string, peer: string, port: number, protocol: string): string =>
  `${subject} ${peer} ${port}/${protocol}`;

const union = (one: Ids, other: Ids): Ids => new Set([...one, ...other]);
const common = (one: Ids, other: Ids): Ids => new Set([...one].filter((id) => other.has(id)));
const without = (one: Ids, other: Ids): Ids => new Set([...one].filter((id) => !other.has(id)));

const idsWhere = (world: NaiveWorld, holds: (pod: NaivePod) => boolean): Ids =>
  new Set(world.pods.filter(holds).map(({ id }) => id));
const inCluster = (world: NaiveWorld): Ids => idsWhere(world, ({ namespace }) => namespace !== undefined);

const labelsOf = (pod: NaivePod, of: 'pod' | 'namespace'): Readonly<Record<string, string>> =>
  of === 'pod' ? pod.labels : { ...pod.namespaceLabels, 'kubernetes.io/metadata.name': pod.namespace ?? '' };

/** Each requirement leaves a set of pods; the selector is what they have in common. */
const selected = (
  world: NaiveWorld,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  of: 'pod' | 'namespace',
  mistake: Mistake | undefined,
): Ids => {
  const all = inCluster(world);
  const having = (key: string): Ids => idsWhere(world, (pod) => Object.keys(labelsOf(pod, of)).includes(key));
  const being = (key: string, values: readonly string[]): Ids =>
    new Set(
      values.flatMap((value) => [
        ...idsWhere(world, (pod) => new Map(Object.entries(labelsOf(pod, of))).get(key) === value),
      ]),
    );
  const sets = Object.entries(matchLabels).map(([key, value]) => being(key, [value]));
  for (const { key, operator, values = [] } of mistake === 'matchExpressions ignored'
    ? []
    : matchExpressions) {
    if (operator === 'In') sets.push(being(key, values));
    if (operator === 'NotIn') sets.push(without(all, being(key, values)));
    if (operator === 'Exists') sets.push(having(key));
    if (operator === 'DoesNotExist') sets.push(without(all, having(key)));
  }
  return sets.reduce((left, set) => common(left, set), all);
};

const inBlock = (cidr: string): BlockList => {
  const [base = '', bits = ''] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  return list;
};
const blockIds = (world: NaiveWorld, cidr: string): Ids =>
  idsWhere(
    world,
    ({ ip }) => isIPv6(ip) === cidr.includes(':') && inBlock(cidr).check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4'),
  );

type Rule = {
  readonly peers: NonNullable<NonNullable<NetworkPolicy['spec']['egress']>[number]['to']>;
  readonly ports: NonNullable<NonNullable<NetworkPolicy['spec']['egress']>[number]['ports']>;
};
const rulesOf = ({ spec }: NetworkPolicy, side: Side): readonly Rule[] =>
  side === 'ingress'
    ? (spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }));

const peerIds = (
  world: NaiveWorld,
  peers: Rule['peers'],
  home: string,
  mistake: Mistake | undefined,
): Ids => {
  if (peers.length === 0)
    return mistake === 'empty from/to read as deny' ? new Set() : idsWhere(world, () => true);
  const found = new Set<string>();
  for (const { podSelector, namespaceSelector, ipBlock } of peers) {
    let ids: Ids = new Set();
    if (ipBlock !== undefined)
      ids = (ipBlock.except ?? []).reduce(
        (left, except) => without(left, blockIds(world, except)),
        blockIds(world, ipBlock.cidr),
      );
    else {
      const byPod = selected(world, podSelector ?? {}, 'pod', mistake);
      const byNamespace =
        namespaceSelector === undefined
          ? idsWhere(world, ({ namespace }) => namespace === home)
          : selected(world, namespaceSelector, 'namespace', mistake);
      const both = podSelector !== undefined && namespaceSelector !== undefined;
      ids =
        mistake === 'peer AND read as OR' && both ? union(byPod, byNamespace) : common(byPod, byNamespace);
    }
    for (const id of ids) found.add(id);
  }
  return found;
};

/** `80/TCP` for each port of this rule that the destination has. */
const portSet = (
  world: NaiveWorld,
  ports: Rule['ports'],
  destination: NaivePod,
  mistake: Mistake | undefined,
): Ids => {
  const everything = (protocols: readonly string[]): readonly string[] =>
    protocols.flatMap((protocol) => world.ports.map((port) => `${port}/${protocol}`));
  if (ports.length === 0) return new Set(everything(world.protocols));
  return new Set(
    ports.flatMap(({ port, endPort, protocol = 'TCP' }) => {
      const protocols = mistake === 'protocol ignored' ? world.protocols : [protocol];
      if (port === undefined) return everything(protocols);
      if (typeof port === 'string') {
        if (mistake === 'named ports ignored') return everything(protocols);
        return destination.ports
          .filter((one) => one.name === port && protocols.includes(one.protocol))
          .flatMap((one) => protocols.map((each) => `${one.number}/${each}`));
      }
      const last = mistake === 'endPort ignored' ? port : (endPort ?? port);
      return world.ports
        .filter((number) => port <= number && number <= last)
        .flatMap((number) => protocols.map((each) => `${number}/${each}`));
    }),
  );
};

const typesOf = ({ spec }: NetworkPolicy): readonly string[] => {
  const { policyTypes = [], egress = [] } = spec;
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
};

/** Everything that is allowed on one side, as `entry` writes it. Pods outside the cluster are never held back. */
export const allowedIn = (
  world: NaiveWorld,
  policies: readonly NetworkPolicy[],
  side: Side,
  mistake?: Mistake,
): Ids => {
  const relevant = policies
    .filter((policy) => typesOf(policy).includes(side === 'ingress' ? 'Ingress' : 'Egress'))
    .filter((policy) => mistake !== 'a deny-all called "allows all"' || rulesOf(policy, side).length > 0);
  const allowed = new Set<string>();
  for (const subject of world.pods) {
    const mine = relevant.filter(
      ({ metadata, spec }) =>
        metadata.namespace === subject.namespace &&
        selected(world, spec.podSelector ?? {}, 'pod', mistake).has(subject.id),
    );
    const sets = mine.map((policy): Ids => {
      const said = new Set<string>();
      for (const rule of rulesOf(policy, side)) {
        const ids = peerIds(world, rule.peers, subject.namespace ?? '', mistake);
        for (const peer of world.pods.filter(({ id }) => ids.has(id)))
          for (const port of portSet(world, rule.ports, side === 'ingress' ? subject : peer, mistake))
            said.add(`${subject.id} ${peer.id} ${port}`);
      }
      return said;
    });
    const free = world.pods.flatMap((peer) =>
      world.ports.flatMap((port) =>
        world.protocols.map((protocol) => entry(subject.id, peer.id, port, protocol)),
      ),
    );
    const [first, ...others] = sets;
    const together: Ids =
      first === undefined
        ? new Set(free)
        : others.reduce<Ids>(
            (sum, set) => (mistake === 'policies not OR-ed' ? common(sum, set) : union(sum, set)),
            first,
          );
    for (const one of together) allowed.add(one);
  }
  return allowed;
};
