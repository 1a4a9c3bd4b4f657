/** Small worlds at random: pods of three namespaces and addresses outside, with policies that have a good chance to matter to them. */
import fc from 'fast-check';
import type { End, Flow, Policies } from '../../../src/diagnosis/policy/flow.ts';
import type { LabelSelector, NetworkPolicy } from '../../../src/model/kubernetes.ts';
import type { NaivePod, NaiveWorld } from './naive.ts';

export const NAMESPACES = ['a', 'b', 'c'] as const;
const NAMESPACE_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { team: 'x' },
  b: { team: 'y', env: 'prod' },
  c: {},
};
export const PORTS = [53, 80, 8080, 8443];
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const PORT_NAMES = ['http', 'dns', 'nosuch'];
const CIDRS: readonly { readonly cidr: string; readonly excepts: readonly string[] }[] = [
  { cidr: '0.0.0.0/0', excepts: ['10.0.0.0/8', '10.0.1.0/24', '203.0.113.8/32'] },
  { cidr: '10.0.0.0/8', excepts: ['10.0.0.0/16', '10.0.1.2/31'] },
  { cidr: '10.0.1.0/24', excepts: ['10.0.1.0/30'] },
  { cidr: '10.0.1.3/24', excepts: ['10.0.1.3/32'] },
  { cidr: '203.0.113.8/32', excepts: [] },
  { cidr: '::/0', excepts: ['fd00::/8', '2001:db8::/33'] },
  { cidr: 'fd00:1::/32', excepts: ['fd00:1::/126', 'fd00:1::2/128'] },
  { cidr: '2001:db8::/29', excepts: [] },
];

/** Fields may be left out. */
const SPARSE = { requiredKeys: [] };

const labels = fc.record({ app: fc.constantFrom('web', 'db', ''), tier: fc.constantFrom('1', '2') }, SPARSE);

const expression = (key: string, values: readonly string[]) =>
  fc.oneof(
    fc.record({
      key: fc.constant(key),
      operator: fc.constantFrom('In', 'NotIn'),
      values: fc.subarray([...values], { minLength: 1 }),
    }),
    fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  );

const expressions = (...all: readonly ReturnType<typeof expression>[]) =>
  fc.array(fc.oneof(...all), { maxLength: 2 });
const podSelector: fc.Arbitrary<LabelSelector> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ matchLabels: labels }) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        matchLabels: labels,
        matchExpressions: expressions(expression('app', ['web', 'db', '']), expression('tier', ['1', '2'])),
      },
      SPARSE,
    ),
  },
);
const NAME = 'kubernetes.io/metadata.name';
const namespaceSelector: fc.Arbitrary<LabelSelector> = fc.oneof(
  fc.constant({}),
  fc.record({
    matchLabels: fc.record(
      { team: fc.constantFrom('x', 'y'), [NAME]: fc.constantFrom(...NAMESPACES) },
      SPARSE,
    ),
  }),
  fc.record({
    matchExpressions: expressions(
      expression('team', ['x', 'y']),
      expression('env', ['prod']),
      expression(NAME, NAMESPACES),
    ),
  }),
);
const ipBlock = fc
  .constantFrom(...CIDRS)
  .chain(({ cidr, excepts }) =>
    fc
      .subarray([...excepts])
      .map((except) => ({ ipBlock: except.length === 0 ? { cidr } : { cidr, except } })),
  );
const peers = fc.array(
  fc.oneof(
    fc.record({ podSelector }),
    fc.record({ namespaceSelector }),
    fc.record({ podSelector, namespaceSelector }),
    ipBlock,
  ),
  { maxLength: 3 },
);
const protocol = fc.constantFrom(...PROTOCOLS);
const port = fc.constantFrom(...PORTS);
const name = fc.constantFrom(...PORT_NAMES);
const ports = fc.array(
  fc.oneof(
    fc.record({ port, protocol }, SPARSE),
    fc.record({ port: name, protocol }),
    fc.record({ port: name }),
    fc
      .tuple(port, fc.constantFrom(0, 27, 363, 9000))
      .map(([from, more]) => ({ port: from, endPort: from + more })),
  ),
  { maxLength: 3 },
);

export const rule = { peers, ports };
export const policy: fc.Arbitrary<NetworkPolicy> = fc.record({
  metadata: fc.record({ name: fc.constantFrom('p', 'q', 'r'), namespace: fc.constantFrom(...NAMESPACES) }),
  spec: fc.record(
    {
      podSelector,
      policyTypes: fc.subarray(['Ingress', 'Egress']),
      ingress: fc.array(fc.record({ from: peers, ports }, SPARSE), { maxLength: 3 }),
      egress: fc.array(fc.record({ to: peers, ports }, SPARSE), { maxLength: 3 }),
    },
    SPARSE,
  ),
});
export const policies = fc.array(policy, { maxLength: 5 });

const containerPorts = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('http', 'dns'), number: port, protocol }),
  { selector: ({ name: one, protocol: of }) => `${one}/${of}`, maxLength: 3 },
);
const IPS = ['10.0.1.2', '10.0.1.3', '10.0.2.9', '10.9.0.1', 'fd00:1::2', 'fd00:1::9', 'fd00:2::1'];
const pod: fc.Arbitrary<Omit<NaivePod, 'id'>> = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    labels,
    ip: fc.constantFrom(...IPS),
    ports: containerPorts,
  })
  .map((one) => ({ ...one, namespaceLabels: NAMESPACE_LABELS[one.namespace] ?? {} }));
const outside: fc.Arbitrary<Omit<NaivePod, 'id'>> = fc
  .constantFrom('203.0.113.8', '203.0.113.9', '10.0.1.77', '2001:db8::1', '2001:dbf:8000::1')
  .map((ip) => ({ namespace: undefined, labels: {}, namespaceLabels: {}, ip, ports: [] }));

/** Two pods at least. */
export const world: fc.Arbitrary<NaiveWorld> = fc
  .tuple(fc.array(pod, { minLength: 2, maxLength: 4 }), fc.array(outside, { maxLength: 1 }))
  .map(([pods, others]) => ({
    pods: [...pods, ...others].map((one, index) => ({ ...one, id: `e${index}` })),
    ports: PORTS,
    protocols: PROTOCOLS,
  }));

export const endOf = ({ id, namespace, labels: own, namespaceLabels, ip, ports: named }: NaivePod): End =>
  namespace === undefined
    ? { kind: 'outside', ip }
    : {
        kind: 'pod',
        namespace,
        name: id,
        labels: own,
        namespaceLabels,
        ips: [ip],
        hostNetwork: false,
        containerPorts: named.map((one) => ({
          name: one.name,
          containerPort: one.number,
          protocol: one.protocol,
        })),
      };

export const known = (some: readonly NetworkPolicy[]): Flow['policies'] => {
  const seen: Policies = { state: 'known', policies: some };
  return { egress: seen, ingress: seen };
};

/** Every flow between two of them. */
export const flowsOf = (
  { pods, ports: numbers, protocols }: NaiveWorld,
  some: readonly NetworkPolicy[],
): readonly { readonly source: NaivePod; readonly destination: NaivePod; readonly flow: Flow }[] =>
  pods.flatMap((source) =>
    pods
      .filter(({ id }) => id !== source.id)
      .flatMap((destination) =>
        numbers.flatMap((number) =>
          protocols.map((of) => ({
            source,
            destination,
            flow: {
              source: endOf(source),
              destination: endOf(destination),
              port: number,
              protocol: of,
              policies: known(some),
            },
          })),
        ),
      ),
  );
