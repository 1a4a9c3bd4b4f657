/** A healthy pod, and the ways to change one thing about it. Test data of rules are made of these. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { Entry } from '../../src/model/entry.ts';
import { type Evidence, NO_EVIDENCE } from '../../src/model/evidence.ts';
import type { Confidence, Severity } from '../../src/model/finding.ts';
import type { EndpointSlice, Node, Pod, Service } from '../../src/model/kubernetes.ts';
import type { Purpose } from '../../src/model/probe.ts';

/** What a file of test data holds. */
export interface RuleCases {
  readonly fires: readonly {
    readonly name: string;
    readonly facts: Facts;
    /** How often it fires; 1 unless told. */
    readonly times?: number;
    readonly summary: RegExp;
    readonly severity?: Severity;
    readonly confidence?: Confidence;
    readonly about?: string;
    /** Each must stand in one of the evidence lines, next commands or the mend. */
    readonly tells?: readonly RegExp[];
  }[];
  /** One at least is a near miss: one place away from a pod for which the rule fires, and not made healthy by it (near-miss.ts). */
  readonly silent: readonly { readonly name: string; readonly facts: Facts }[];
}

export const SERVER = '10.96.0.10';

export const addresses = (
  outcome: OutcomeOf<'interface'> = {
    kind: 'addresses',
    links: [{ name: 'eth0', up: true, mtu: 1500 }],
    addresses: [{ interface: 'eth0', family: 'ipv4', address: '10.244.0.43', prefixLength: 24 }],
  },
): Observation => ({
  id: 'interface/addresses',
  probe: 'interface',
  purpose: 'interface',
  question: { read: 'addresses' },
  outcome,
});

export const routes = (
  outcome: OutcomeOf<'interface'> = {
    kind: 'routes',
    routes: 2,
    defaults: [{ family: 'ipv4', gateway: '10.244.0.1', interface: 'eth0' }],
  },
): Observation => ({
  id: 'interface/routes',
  probe: 'interface',
  purpose: 'interface',
  question: { read: 'routes' },
  outcome,
});

export const resolvConf = (
  nameservers: readonly string[] = [SERVER],
  otherOptions?: readonly string[],
): Observation => ({
  id: 'resolv-conf',
  probe: 'resolv-conf',
  purpose: 'resolver-config',
  question: {},
  outcome: {
    kind: 'resolv-conf',
    nameservers,
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    options: { ndots: 5, timeout: 5, attempts: 2 },
    ...(otherOptions === undefined ? {} : { otherOptions }),
  },
});

const ABSOLUTE = 'kubernetes.default.svc.cluster.local.';
const SEARCHED = 'kubernetes.default.svc';

export const answer = (
  name: string,
  address: string,
  more: Partial<Extract<OutcomeOf<'dns-lookup'>, { kind: 'answered' }>> = {},
): Extract<OutcomeOf<'dns-lookup'>, { kind: 'answered' }> => ({
  kind: 'answered',
  server: SERVER,
  answeredName: name.replace(/\.$/, ''),
  addresses: [{ family: 'ipv4', address }],
  aliases: [],
  failedServers: [],
  truncated: false,
  ...more,
});

export const lookup = (name: string, outcome: OutcomeOf<'dns-lookup'>, durationMs = 3): Observation => ({
  id: `dns-lookup/${name}`,
  probe: 'dns-lookup',
  purpose: name.startsWith('kubernetes') ? 'cluster-name' : 'external-name',
  question: { name },
  outcome,
  durationMs,
});

export const clusterNames = (outcome: OutcomeOf<'dns-lookup'>): readonly Observation[] =>
  [ABSOLUTE, SEARCHED].map((name) => lookup(name, outcome));
export const externalNames = (outcome: OutcomeOf<'dns-lookup'>): readonly Observation[] =>
  ['example.com.', 'aliyun.com.'].map((name) => lookup(name, outcome));
export const allNames = (outcome: OutcomeOf<'dns-lookup'>): readonly Observation[] => [
  ...clusterNames(outcome),
  ...externalNames(outcome),
];

/** Lookup failures as the parsers give them. */
export const TIMED_OUT: OutcomeOf<'dns-lookup'> = {
  kind: 'timed-out',
  failedServers: [{ server: SERVER, why: 'timed-out' }],
};
export const PORT_REFUSED: OutcomeOf<'dns-lookup'> = {
  kind: 'connection-refused',
  failedServers: [{ server: SERVER, why: 'connection-refused' }],
};
export const NO_WAY: OutcomeOf<'dns-lookup'> = {
  kind: 'unreachable',
  failedServers: [{ server: SERVER, why: 'unreachable' }],
};
export const SERVFAIL: OutcomeOf<'dns-lookup'> = {
  kind: 'server-failure',
  server: SERVER,
  failedServers: [],
};
export const REFUSED: OutcomeOf<'dns-lookup'> = { kind: 'query-refused', server: SERVER, failedServers: [] };
export const NXDOMAIN: OutcomeOf<'dns-lookup'> = { kind: 'not-found', server: SERVER, failedServers: [] };
export const NO_DATA: OutcomeOf<'dns-lookup'> = { kind: 'no-data', server: SERVER, failedServers: [] };

const PHASES = { connect: 2, tls: 5, firstByte: 9, total: 10 };
export const responded = (status = 200): OutcomeOf<'http-get'> => ({
  kind: 'responded',
  status,
  phases: PHASES,
});
export const http = (
  kind: 'refused' | 'name-failure' | 'reset' | 'empty' | 'partial' | 'not-http',
): OutcomeOf<'http-get'> => ({
  kind,
  phases: { total: 4 },
});
export const httpTimedOut = (
  phase: 'name' | 'connect' | 'tls' | 'first-byte' | 'transfer',
): OutcomeOf<'http-get'> => ({
  kind: 'timed-out',
  phase,
  phases: { total: 5000 },
});
export const tlsFailed = (why: 'handshake' | 'not-tls' | 'untrusted'): OutcomeOf<'http-get'> => ({
  kind: 'tls-failed',
  why,
  detail: 'as curl says it',
  phases: { connect: 2, total: 4 },
});

export const apiConnect = (outcome: OutcomeOf<'tcp-connect'>): Observation => ({
  id: 'tcp-connect/kubernetes-api',
  probe: 'tcp-connect',
  purpose: 'kubernetes-api',
  question: { host: '10.96.0.1', port: 443 },
  outcome,
  durationMs: 2,
});
export const apiGet = (outcome: OutcomeOf<'http-get'>): Observation => ({
  id: 'http-get/kubernetes-api',
  probe: 'http-get',
  purpose: 'kubernetes-api',
  question: { url: 'https://10.96.0.1:443/version', insecure: true },
  outcome,
  durationMs: 12,
});
/** Both asks of the API server. */
export const api = (tcp: OutcomeOf<'tcp-connect'>, get: OutcomeOf<'http-get'>): readonly Observation[] => [
  apiConnect(tcp),
  apiGet(get),
];

export const nameserver = (outcome: OutcomeOf<'tcp-connect'>): Observation => ({
  id: `tcp-connect/nameserver/${SERVER}`,
  probe: 'tcp-connect',
  purpose: 'nameserver',
  question: { host: SERVER, port: 53 },
  outcome,
});

export const connect = (host: string, outcome: OutcomeOf<'tcp-connect'>): Observation => ({
  id: `tcp-connect/${host}:443`,
  probe: 'tcp-connect',
  purpose: 'internet',
  question: { host, port: 443 },
  outcome,
  durationMs: 20,
});
export const fetchUrl = (url: string, outcome: OutcomeOf<'http-get'>): Observation => ({
  id: `http-get/${url}`,
  probe: 'http-get',
  purpose: 'internet',
  question: { url, insecure: true },
  outcome,
  durationMs: 60,
});
export const ping = (purpose: 'node' | 'internet', outcome: OutcomeOf<'icmp-echo'>): Observation => ({
  id: purpose === 'node' ? 'icmp-echo/node' : 'icmp-echo/1.1.1.1',
  probe: 'icmp-echo',
  purpose,
  question: { host: purpose === 'node' ? '192.168.0.4' : '1.1.1.1' },
  outcome,
});

/** Asked of one nameserver by itself: a name of the cluster. */
export const directLookup = (
  server: string,
  transport: 'udp' | 'tcp',
  outcome: OutcomeOf<'dns-lookup'>,
): Observation => ({
  id: `dns-lookup/${server}/${transport}`,
  probe: 'dns-lookup',
  purpose: 'nameserver-lookup',
  question: { name: ABSOLUTE, server, transport },
  outcome,
});
export const directQuery = (server: string, outcome: OutcomeOf<'dns-query'>): Observation => ({
  id: `dns-query/${server}`,
  probe: 'dns-query',
  purpose: 'nameserver-lookup',
  question: { name: ABSOLUTE, type: 'A', server },
  outcome,
});
export const response = (server: string, rcode = 'NOERROR'): OutcomeOf<'dns-query'> => ({
  kind: 'response',
  rcode,
  flags: { aa: true, tc: false, rd: true, ra: false, ad: false },
  answers: [],
  server,
  transport: 'udp',
  retriedOverTcp: false,
  failedTries: [],
});
export const reverseName = (outcome: OutcomeOf<'dns-lookup'>): Observation => ({
  id: 'dns-lookup/reverse/10.96.0.1',
  probe: 'dns-lookup',
  purpose: 'reverse-name',
  question: { name: '10.96.0.1', reverse: true },
  outcome,
});

type Gateways = Extract<OutcomeOf<'gateway'>, { kind: 'gateways' }>;
/** One default gateway, or what is told of it otherwise. */
export const gateway = (
  changes: Partial<Gateways['gateways'][number]> = {},
  outcome: OutcomeOf<'gateway'> = {
    kind: 'gateways',
    gateways: [
      {
        family: 'ipv4',
        interface: 'eth0',
        address: '10.244.0.1',
        reply: 'replied',
        neighbour: 'REACHABLE',
        ...changes,
      },
    ],
  },
): Observation => ({ id: 'gateway', probe: 'gateway', purpose: 'gateway', question: {}, outcome });

export const pathMtu = (outcome: OutcomeOf<'path-mtu'>, host = '1.1.1.1'): Observation => ({
  id: `path-mtu/${host}`,
  probe: 'path-mtu',
  purpose: 'path-mtu',
  question: { host },
  outcome,
});

export const PROXY = 'http://10.0.0.9:3128';
export const appProxy = (
  outcome: OutcomeOf<'http-get'>,
  { url = 'https://example.com/', proxy = PROXY } = {},
): Observation => ({
  id: 'http-get/app-proxy/0',
  probe: 'http-get',
  purpose: 'app-proxy',
  question: { url, proxy, insecure: true },
  outcome,
});

/** Every target outside. */
export const internet = (
  tcp: OutcomeOf<'tcp-connect'>,
  get: OutcomeOf<'http-get'>,
): readonly Observation[] => [
  ...['1.1.1.1', '8.8.8.8', '223.5.5.5'].map((host) => connect(host, tcp)),
  ...['https://example.com/', 'https://aliyun.com/'].map((url) => fetchUrl(url, get)),
];
export const DEAD_INTERNET: readonly Observation[] = [
  ...internet({ kind: 'timed-out' }, httpTimedOut('connect')),
  ping('internet', { kind: 'no-reply', sent: 3 }),
];

const replied = { kind: 'replied', sent: 3, received: 3, rttMs: { min: 1, avg: 2, max: 3 } } as const;

export const healthyObservations = (): readonly Observation[] => [
  addresses(),
  routes(),
  resolvConf(),
  ...[ABSOLUTE, SEARCHED].map((name) => lookup(name, answer(ABSOLUTE, '10.96.0.1'))),
  ...['example.com.', 'aliyun.com.'].map((name) => lookup(name, answer(name, '203.0.113.10'))),
  ...api({ kind: 'open' }, responded(403)),
  ...internet({ kind: 'open' }, responded(200)),
  ping('internet', replied),
  ping('node', replied),
];

const ready = { type: 'Ready', status: 'True' };
export const pod = (
  changes: {
    spec?: Partial<Pod['spec']>;
    status?: Partial<Pod['status']>;
    metadata?: Partial<Pod['metadata']>;
  } = {},
): Pod => ({
  metadata: { name: 'client', namespace: 'shop', labels: { app: 'client' }, ...changes.metadata },
  spec: { nodeName: 'node-1', containers: [{ name: 'app' }], ...changes.spec },
  status: {
    phase: 'Running',
    podIP: '10.244.0.43',
    podIPs: [{ ip: '10.244.0.43' }],
    hostIP: '192.168.0.4',
    conditions: [ready],
    containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: {} } }],
    ...changes.status,
  },
});

export const node = (changes: Partial<Node> = {}): Node => ({
  metadata: { name: 'node-1' },
  status: { conditions: [ready], nodeInfo: { operatingSystem: 'linux' } },
  ...changes,
});

export const service = (name: string, namespace: string, clusterIP: string): Service => ({
  metadata: { name, namespace },
  spec: { clusterIP, clusterIPs: [clusterIP], selector: { 'k8s-app': name }, ports: [{ port: 443 }] },
});

export const slice = (
  ...endpoints: readonly { address: string; ready?: boolean | null }[]
): EndpointSlice => ({
  metadata: { name: 'slice' },
  addressType: 'IPv4',
  endpoints: endpoints.map(({ address, ready: isReady }) => ({
    addresses: [address],
    conditions: isReady === undefined ? {} : { ready: isReady },
  })),
});

export const dnsPod = (name: string, changes: Partial<Pod['status']> = {}): Pod => {
  const made = pod({ metadata: { name, namespace: 'kube-system' } });
  return { ...made, status: { ...made.status, ...changes } };
};

export const known = <T>(value: T) => ({ state: 'known', value }) as const;

export const healthyEvidence = (): Evidence => ({
  ...NO_EVIDENCE,
  pod: known(pod()),
  podEvents: known([]),
  node: known(node()),
  dnsService: known(service('kube-dns', 'kube-system', SERVER)),
  dnsEndpointSlices: known([slice({ address: '10.244.0.2', ready: true })]),
  dnsPods: known([dnsPod('coredns-1')]),
  apiService: known(service('kubernetes', 'default', '10.96.0.1')),
  apiEndpointSlices: known([slice({ address: '192.168.0.2' })]),
  networkPolicies: known([]),
});

export const ran = (
  end: Extract<Entry, { state: 'ran' }>['end'] = 'complete',
  detail?: string,
): Extract<Entry, { state: 'ran' }> => ({
  state: 'ran',
  container: 'netcheck-abcde',
  image: 'netshoot',
  end,
  ...(detail === undefined ? {} : { detail }),
});
export const refused = (httpStatus: number, message: string, details?: { name?: string }): Entry => ({
  state: 'refused',
  container: 'netcheck-abcde',
  image: 'netshoot',
  httpStatus,
  message,
  ...(details === undefined ? {} : { details }),
});
export const notStarted = (reason: string, message: string): Entry => ({
  state: 'not-started',
  container: 'netcheck-abcde',
  image: 'netshoot',
  reason,
  message,
  toldBy: 'event',
});

const NO_RECORD = { kind: 'did-not-run', reason: 'no-record' } as const;
const NOT_STARTED = { kind: 'did-not-run', reason: 'not-started' } as const;

/** The healthy pod, with these observations in place of those with the same id. Nothing ran where the entry is not `ran`. */
export const facts = (
  changes: {
    readonly observations?: readonly Observation[];
    readonly without?: readonly Purpose[];
    /** Ids that brought no record. */
    readonly lost?: readonly string[];
    readonly evidence?: Partial<Evidence>;
    readonly pod?: Pod;
    readonly entry?: Entry;
    readonly internetMode?: Facts['internetMode'];
    readonly gatheredAt?: Facts['gatheredAt'];
  } = {},
): Facts => {
  const changed = changes.observations ?? [];
  const entry = changes.entry ?? ran();
  const all = [
    ...healthyObservations().filter(({ id }) => !changed.some((other) => other.id === id)),
    ...changed,
  ].filter(({ purpose }) => changes.without?.includes(purpose) !== true);
  return {
    target: { requested: 'client', namespace: 'shop', pod: 'client' },
    entry,
    ...(changes.internetMode === undefined ? {} : { internetMode: changes.internetMode }),
    ...(changes.gatheredAt === undefined ? {} : { gatheredAt: changes.gatheredAt }),
    evidence: {
      ...healthyEvidence(),
      ...(changes.pod === undefined ? {} : { pod: known(changes.pod) }),
      ...changes.evidence,
    },
    observations: all.map((observation): Observation => {
      if (entry.state !== 'ran') return { ...observation, outcome: NOT_STARTED };
      return changes.lost?.includes(observation.id) === true
        ? { ...observation, outcome: NO_RECORD }
        : observation;
    }),
  };
};
