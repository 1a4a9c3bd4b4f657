/** A healthy pod that was asked to reach one destination, and the ways to change one thing about it. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { Destination } from '../../src/model/destination.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { EndpointSlice, Pod, Service } from '../../src/model/kubernetes.ts';
import type { Purpose } from '../../src/model/probe.ts';
import { answer, facts, known, pod, responded } from './build.ts';

export const CLUSTER_IP = '10.96.7.7';
export const ENDPOINTS = ['10.244.0.21', '10.244.0.22'] as const;
const HOST = 'web';
const TARGET_PORT = 8080;

export const toWeb: Destination = {
  requested: 'svc/web',
  kind: 'service',
  namespace: 'shop',
  name: 'web',
  host: HOST,
};

export const webService = (changes: Partial<Service['spec']> = {}): Service => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    type: 'ClusterIP',
    clusterIP: CLUSTER_IP,
    clusterIPs: [CLUSTER_IP],
    selector: { app: 'web' },
    ports: [{ name: 'http', port: 80, targetPort: TARGET_PORT }],
    ...changes,
  },
});

/** `web-0` and on, on the addresses in order. */
export const webSlice = (
  endpoints: readonly {
    readonly address: string;
    readonly ready?: boolean;
    readonly node?: string;
  }[] = ENDPOINTS.map((address) => ({ address })),
  port: number | null = TARGET_PORT,
): EndpointSlice => ({
  metadata: { name: 'web-abcde' },
  addressType: 'IPv4',
  endpoints: endpoints.map(({ address, ready = true, node = 'node-1' }, index) => ({
    addresses: [address],
    conditions: { ready },
    nodeName: node,
    targetRef: { kind: 'Pod', name: `web-${index}`, namespace: 'shop' },
  })),
  ports: [{ name: 'http', port, protocol: 'TCP' }],
});

export const webPod = (
  index: number,
  changes: {
    spec?: Partial<Pod['spec']>;
    status?: Partial<Pod['status']>;
    metadata?: Partial<Pod['metadata']>;
  } = {},
): Pod =>
  pod({
    metadata: { name: `web-${index}`, labels: { app: 'web' }, ...changes.metadata },
    spec: {
      containers: [{ name: 'app', ports: [{ name: 'http', containerPort: TARGET_PORT }] }],
      ...changes.spec,
    },
    status: {
      podIP: ENDPOINTS[index] ?? '10.244.0.99',
      podIPs: [{ ip: ENDPOINTS[index] ?? '10.244.0.99' }],
      ...changes.status,
    },
  });

/** Asked at the Service's address, or another front. */
export const frontConnect = (
  outcome: OutcomeOf<'tcp-connect'>,
  { host = CLUSTER_IP, port = 80 }: { readonly host?: string; readonly port?: number } = {},
): Observation => ({
  id: `tcp-connect/to/${host}:${port}`,
  probe: 'tcp-connect',
  purpose: 'destination',
  question: { host, port },
  outcome,
  durationMs: 2,
});
export const frontGet = (
  outcome: OutcomeOf<'http-get'>,
  { url = 'http://web/', port = 80 }: { readonly url?: string; readonly port?: number } = {},
): Observation => ({
  id: `http-get/to/${port}`,
  probe: 'http-get',
  purpose: 'destination',
  question: { url, insecure: true },
  outcome,
  durationMs: 8,
});
/** Of an https destination: the same, with the certificate held against the authorities of the image. */
export const certificateGet = (
  outcome: OutcomeOf<'http-get'>,
  { url = 'https://web/', port = 443 }: { readonly url?: string; readonly port?: number } = {},
): Observation => ({
  id: `http-get/to/${port}/certificate`,
  probe: 'http-get',
  purpose: 'destination-certificate',
  question: { url },
  outcome,
});
export const endpointConnect = (
  address: string,
  outcome: OutcomeOf<'tcp-connect'>,
  port = TARGET_PORT,
): Observation => ({
  id: `tcp-connect/to/endpoint/${address}:${port}`,
  probe: 'tcp-connect',
  purpose: 'destination-endpoint',
  question: { host: address, port },
  outcome,
});
export const endpointGet = (
  address: string,
  outcome: OutcomeOf<'http-get'>,
  { url = 'http://web/', port = TARGET_PORT }: { readonly url?: string; readonly port?: number } = {},
): Observation => ({
  id: `http-get/to/endpoint/${address}:${port}`,
  probe: 'http-get',
  purpose: 'destination-endpoint',
  question: { url, insecure: true, connectTo: { address, port } },
  outcome,
});
/** Other hosts and ports outside, that a destination outside is compared with. */
export const reference = (host: string, port: number, outcome: OutcomeOf<'tcp-connect'>): Observation => ({
  id: `tcp-connect/reference/${host}:${port}`,
  probe: 'tcp-connect',
  purpose: 'destination-reference',
  question: { host, port },
  outcome,
});
export const destinationName = (name: string, outcome: OutcomeOf<'dns-lookup'>): Observation => ({
  id: `dns-lookup/${name}`,
  probe: 'dns-lookup',
  purpose: 'destination-name',
  question: { name },
  outcome,
  durationMs: 3,
});
export const ABSOLUTE_NAME = 'web.shop.svc.cluster.local.';
/** Both lookups of the Service's name. */
export const destinationNames = (outcome: OutcomeOf<'dns-lookup'>): readonly Observation[] =>
  [HOST, ABSOLUTE_NAME].map((name) => destinationName(name, outcome));

export const REFUSED_GET: OutcomeOf<'http-get'> = { kind: 'refused', phases: { total: 1 } };
export const SILENT_GET: OutcomeOf<'http-get'> = {
  kind: 'timed-out',
  phase: 'connect',
  phases: { total: 3000 },
};

/** The front, and both endpoints, fail in one way. */
export const allPorts = (
  tcp: OutcomeOf<'tcp-connect'>,
  get: OutcomeOf<'http-get'>,
): { readonly front: readonly Observation[]; readonly endpoints: readonly Observation[] } => ({
  front: [frontConnect(tcp), frontGet(get)],
  endpoints: ENDPOINTS.flatMap((address) => [endpointConnect(address, tcp), endpointGet(address, get)]),
});

const NOT_ASKED_HERE: readonly Purpose[] = ['kubernetes-api', 'internet', 'external-name', 'node'];

const healthyEvidence: Partial<Evidence> = {
  destinationService: known(webService()),
  destinationEndpointSlices: known([webSlice()]),
  destinationPods: known([webPod(0), webPod(1)]),
  destinationPolicies: known([]),
};

/** The same with these changes: observations in place of those with the same id. */
export const toService = (
  changes: Parameters<typeof facts>[0] & { readonly destination?: Destination } = {},
): Facts => {
  const { destination = toWeb, evidence, observations = [], without = [], ...rest } = changes;
  const healthy = [
    ...destinationNames(answer(ABSOLUTE_NAME, CLUSTER_IP)),
    frontConnect({ kind: 'open' }),
    frontGet(responded(200)),
    ...ENDPOINTS.flatMap((address) => [
      endpointConnect(address, { kind: 'open' }),
      endpointGet(address, responded(200)),
    ]),
  ];
  const made = facts({
    internetMode: 'none',
    ...rest,
    without: [...NOT_ASKED_HERE, ...without],
    evidence: { ...healthyEvidence, ...evidence },
    observations: [
      ...healthy.filter(({ id }) => !observations.some((other) => other.id === id)),
      ...observations,
    ],
  });
  return { ...made, destination };
};
