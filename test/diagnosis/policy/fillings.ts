/**
 * A flow of which not everything is known is many flows: one for each way of filling in what is missing. What they have in common is what
 * can be told.
 */
import type { End, Flow, Labels, PodEnd } from '../../../src/diagnosis/policy/flow.ts';
import type { LabelSelector, NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { allowedIn, entry, type Mistake, type NaivePod } from './naive.ts';

type Side = 'ingress' | 'egress';

const knownPolicies = (flow: Flow): readonly NetworkPolicy[] =>
  [flow.policies.egress, flow.policies.ingress].flatMap((seen) =>
    seen.state === 'known' ? seen.policies : [],
  );

const rulesOf = ({ spec }: NetworkPolicy) => [
  ...(spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports })),
  ...(spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports })),
];

/** Absent, each value that a selector names, and one that none names; for each key. */
const labelFillings = (selectors: readonly LabelSelector[]): readonly Labels[] => {
  const values = new Map<string, Set<string>>();
  for (const { matchLabels = {}, matchExpressions = [] } of selectors) {
    const named = [
      ...Object.entries(matchLabels).map(([key, value]) => [key, [value]] as const),
      ...matchExpressions.map((one) => [one.key, one.values ?? []] as const),
    ];
    // A namespace's name is known.
    for (const [key, some] of named.filter(([key]) => key !== 'kubernetes.io/metadata.name'))
      values.set(key, new Set([...(values.get(key) ?? ['none-names-it']), ...some]));
  }
  return [...values].reduce<readonly Labels[]>(
    (all, [key, some]) =>
      all.flatMap((labels) => [labels, ...[...some].map((value) => ({ ...labels, [key]: value }))]),
    [{}],
  );
};

const podLabelFillings = (policies: readonly NetworkPolicy[]): readonly Labels[] =>
  labelFillings(
    policies.flatMap((policy) => [
      policy.spec.podSelector ?? {},
      ...rulesOf(policy).flatMap(({ peers }) => peers.map(({ podSelector = {} }) => podSelector)),
    ]),
  );
const namespaceLabelFillings = (policies: readonly NetworkPolicy[]): readonly Labels[] =>
  labelFillings(
    policies
      .flatMap(rulesOf)
      .flatMap(({ peers }) => peers.map(({ namespaceSelector = {} }) => namespaceSelector)),
  );

const addressFillings = (policies: readonly NetworkPolicy[]): readonly string[] => [
  '198.51.100.1',
  ...policies
    .flatMap(rulesOf)
    .flatMap(({ peers }) => peers.flatMap(({ ipBlock }) => ipBlock ?? []))
    .flatMap(({ cidr, except = [] }) => [cidr, ...except])
    .map((cidr) => cidr.split('/')[0] ?? ''),
];

/** None of the names is this port's, or all are. */
const portFillings = (
  policies: readonly NetworkPolicy[],
  { port, protocol }: Flow,
): readonly NaivePod['ports'][] => {
  const names = policies
    .flatMap(rulesOf)
    .flatMap(({ ports }) => ports.flatMap((one) => (typeof one.port === 'string' ? one.port : [])));
  return [[], names.map((name) => ({ name, number: port, protocol }))];
};

const podsOf = (id: string, end: PodEnd, flow: Flow): readonly NaivePod[] => {
  const policies = knownPolicies(flow);
  const labels = end.labels === undefined ? podLabelFillings(policies) : [end.labels];
  const namespaceLabels =
    end.namespaceLabels === undefined ? namespaceLabelFillings(policies) : [end.namespaceLabels];
  const known = end.address === undefined ? end.ips : [end.address];
  const ips = known.length === 0 ? addressFillings(policies) : known;
  const ports =
    end.containerPorts === undefined
      ? portFillings(policies, flow)
      : [
          end.containerPorts.map(({ name = '', containerPort, protocol = 'TCP' }) => ({
            name,
            number: containerPort,
            protocol,
          })),
        ];
  return labels.flatMap((oneLabels) =>
    namespaceLabels.flatMap((oneNamespaceLabels) =>
      ips.flatMap((ip) =>
        ports.map((onePorts) => ({
          id,
          namespace: end.namespace,
          labels: oneLabels,
          namespaceLabels: oneNamespaceLabels,
          ip,
          ports: onePorts,
        })),
      ),
    ),
  );
};

const endsOf = (id: string, end: End, flow: Flow): readonly NaivePod[] => {
  if (end.kind === 'pod') return podsOf(id, end, flow);
  const outside = { id, namespace: undefined, labels: {}, namespaceLabels: {}, ip: end.ip, ports: [] };
  return [outside];
};

const SELECTS_ALL = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

/** What could stand there: none at all, one that denies all, or one that allows all. */
const policyFillings = (flow: Flow, side: Side): readonly (readonly NetworkPolicy[])[] => {
  const seen = flow.policies[side];
  if (seen.state === 'known') return [seen.policies];
  const subject = side === 'egress' ? flow.source : flow.destination;
  const metadata = { name: 'x', namespace: subject.kind === 'pod' ? subject.namespace : '' };
  return [
    [],
    [{ metadata, spec: SELECTS_ALL }],
    [{ metadata, spec: { ...SELECTS_ALL, ingress: [{}], egress: [{}] } }],
  ];
};

const familyOf = (ip: string): string => (ip.includes(':') && !ip.startsWith('::ffff:') ? '6' : '4');

/** `allowed` or `denied` where it is so whatever is filled in, else `unknown`. Addresses of two families do not talk, unless there are no others. */
export const naiveState = (
  flow: Flow,
  side: Side,
  {
    mistake,
    dialled = flow.port,
  }: { readonly mistake?: Mistake | undefined; readonly dialled?: number | undefined } = {},
): 'allowed' | 'denied' | 'unknown' => {
  const port = mistake === 'Service port instead of targetPort' ? dialled : flow.port;
  const first = <T>(all: readonly T[]): readonly T[] =>
    mistake === 'only the first pod or IP looked at' ? all.slice(0, 1) : all;
  const sources = first(endsOf('source', flow.source, flow));
  const destinations = first(endsOf('destination', flow.destination, flow));
  const pairs = sources.flatMap((source) => destinations.map((destination) => ({ source, destination })));
  const talking = pairs.filter(({ source, destination }) => familyOf(source.ip) === familyOf(destination.ip));
  const states = new Set<'allowed' | 'denied'>();
  for (const { source, destination } of talking.length === 0 ? pairs : talking)
    for (const policies of policyFillings(flow, side)) {
      const world = { pods: [source, destination], ports: [port], protocols: ['TCP', 'UDP', 'SCTP'] };
      const [subject, peer] = side === 'egress' ? ['source', 'destination'] : ['destination', 'source'];
      const allowed = allowedIn(world, policies, side, mistake);
      states.add(allowed.has(entry(subject, peer, port, flow.protocol)) ? 'allowed' : 'denied');
    }
  const [only] = states;
  if (states.size === 1 && only !== undefined) return only;
  return mistake === 'a failed check treated as blocked' ? 'denied' : 'unknown';
};
