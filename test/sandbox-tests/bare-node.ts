/** A node over a bare store, without API server and controllers: the tests bind their pods and write their EndpointSlices themselves. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from '../sandbox/api/certificates.ts';
import { createStore } from '../sandbox/api/store.ts';
import type { KubeObject, Store } from '../sandbox/contract.ts';
import { type Families, IPV4_ONLY } from '../sandbox/families.ts';
import { internetOf, NODE_NAME } from '../sandbox/node/addresses.ts';
import { type SandboxNode, startSandboxNode } from '../sandbox/node/node.ts';

export interface BareNode {
  readonly store: Store;
  readonly node: SandboxNode;
  readonly runFolder: string;
}

export const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    reload
}
`;

export const startBareNode = async (families: Families = IPV4_ONLY): Promise<BareNode> => {
  const store = createStore();
  const authority = createCertificateAuthority();
  store.create('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE_NAME } });
  for (const name of ['kube-system', 'shop']) {
    store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  store.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'coredns', namespace: 'kube-system' },
    data: { Corefile: COREFILE },
  });
  const runFolder = mkdtempSync(join(tmpdir(), 'netcheck-sandbox-'));
  const { names, addresses } = internetOf(families);
  const server = authority.issueServer([...Object.keys(names), ...addresses]);
  const node = await startSandboxNode({
    store,
    families,
    runFolder,
    apiSocket: join(runFolder, 'api.sock'),
    internet: { server, authority: authority.certificate },
  });
  return { store, node, runFolder };
};

const TIMEOUT_MS = 30_000;

/** Waits until `met` gives something. Throws with `what` after half a minute. */
export const eventually = async <T>(what: string, met: () => T | undefined | false): Promise<T> => {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const value = met();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export interface PodOptions {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
}

/** Binds a pod of one `lab/web` container to the node and waits until it has got as far as it can. */
export const addPod = async (
  { store, node }: BareNode,
  namespace: string,
  name: string,
  { annotations = {}, spec = {}, args = [] }: PodOptions = {},
): Promise<KubeObject> => {
  store.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, generation: 1, annotations },
    spec: { nodeName: NODE_NAME, containers: [{ name: 'app', image: 'docker.io/lab/web:1', args }], ...spec },
  });
  await eventually(`pod ${name} settles`, () => node.kubelet.settled());
  return getPod({ store, node, runFolder: '' }, namespace, name);
};

export const getPod = ({ store }: BareNode, namespace: string, name: string): KubeObject => {
  const pod = store.get('pods', namespace, name);
  if (pod === undefined) throw new Error(`no pod ${namespace}/${name}`);
  return pod;
};

export interface ServiceOptions {
  readonly port?: number;
  readonly targetPort?: number;
  readonly protocols?: readonly string[];
  readonly nodePort?: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service with its EndpointSlice, both in place when it resolves. */
export const addService = async (
  { store, node }: BareNode,
  namespace: string,
  name: string,
  clusterIP: string,
  endpoints: readonly string[],
  { port = 80, targetPort = 8080, protocols = ['TCP'], nodePort, annotations = {} }: ServiceOptions = {},
): Promise<void> => {
  store.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, annotations },
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      ports: protocols.map((protocol) => ({
        name: protocol.toLowerCase(),
        protocol,
        port,
        targetPort,
        ...(nodePort === undefined ? {} : { nodePort }),
      })),
    },
  });
  store.create('endpointslices', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: endpoints.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: protocols.map((protocol) => ({ name: protocol.toLowerCase(), protocol, port: targetPort })),
  });
  await node.proxy.synced();
};

export const addDns = async (bare: BareNode): Promise<KubeObject> => {
  const pod = await addPod(bare, 'kube-system', 'coredns-1', {
    spec: {
      dnsPolicy: 'Default',
      containers: [{ name: 'coredns', image: 'registry.k8s.io/coredns/coredns:v1.12.0' }],
    },
  });
  await addService(bare, 'kube-system', 'kube-dns', '10.96.0.10', [pod.status.podIP], {
    port: 53,
    targetPort: 53,
    protocols: ['UDP', 'TCP'],
  });
  return pod;
};

let injected = 0;

export const STRICT = {
  runAsNonRoot: true,
  runAsUser: 65532,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Adds an ephemeral container, as the API server's PATCH would. Returns its name. */
export const inject = (
  { store }: BareNode,
  pod: string,
  container: Readonly<Record<string, unknown>>,
): string => {
  injected += 1;
  const name = `debug-${injected}`;
  store.update('pods', 'shop', pod, (before) => ({
    ...before,
    spec: {
      ...before.spec,
      ephemeralContainers: [
        { name, image: 'docker.io/nicolaka/netshoot:v0.16', imagePullPolicy: 'IfNotPresent', ...container },
        ...(before.spec.ephemeralContainers ?? []),
      ],
    },
  }));
  return name;
};

export const readLog = async ({ node }: BareNode, pod: string, container: string): Promise<string> => {
  const signal = new AbortController().signal;
  const log = await eventually(`log of ${container}`, () =>
    node.kubelet.log({ namespace: 'shop', pod, container }, { follow: true, signal }),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of log) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** What a shell script says in a debug container of the pod. */
export const sayIn = async (
  bare: BareNode,
  pod: string,
  script: string,
  securityContext: Readonly<Record<string, unknown>> = STRICT,
): Promise<string> =>
  readLog(bare, pod, inject(bare, pod, { command: ['sh', '-c', `{ ${script}\n} 2>&1`], securityContext }));

// biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
export const ephemeralStatus = (bare: BareNode, pod: string, container: string): any =>
  getPod(bare, 'shop', pod).status?.ephemeralContainerStatuses?.find(
    (status: { name: string }) => status.name === container,
  );
