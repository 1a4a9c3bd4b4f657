/** The embedded cluster: API double, controllers and one node, joined over one store. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from './api/certificates.ts';
import { type ApiServer, createStore, startApi } from './api/index.ts';
import type { Cluster, KubeObject } from './contract.ts';
import { startControllers } from './controllers/index.ts';
import { type Families, IP_FAMILY, IPV4_ONLY } from './families.ts';
import { API_PORT, internetOf, plansOf } from './node/addresses.ts';
import { applyObject } from './node/apply.ts';
import { startSandboxNode } from './node/node.ts';
import { settle } from './node/settle.ts';
import { takeSnapshot } from './node/snapshot.ts';
import { systemObjects } from './node/system-objects.ts';

/** What tests of the sandbox and of hard cases use beyond the contract. */
export interface SandboxCluster extends Cluster {
  readonly families: Families;
  /** Faults of the API server, users, dropped connections. */
  readonly api: ApiServer;
  /** Kills a running container as the kernel does when memory is short. False: no such container is running. */
  killContainer(namespace: string, pod: string, container: string, reason?: string): boolean;
  /** What the container has written so far; empty before its start. */
  logOf(namespace: string, pod: string, container: string): Promise<string>;
  /** Waits until every change has worked its way through controllers, kubelet, kube-proxy and DNS. */
  settled(): Promise<void>;
}

const NAMESPACES_FIRST = (left: KubeObject, right: KubeObject) =>
  Number(right.kind === 'Namespace') - Number(left.kind === 'Namespace');

export interface ClusterOptions {
  /** IPv4 alone when not given. */
  readonly families?: Families;
}

/**
 * Starts a whole cluster, ready for use in about a second. Everything runs in namespaces without an uplink and ends with
 * this process, however that ends. Throws when this machine allows no namespaces, or lacks a family, saying what would help.
 */
export const startCluster = async ({
  families = IPV4_ONLY,
}: ClusterOptions = {}): Promise<SandboxCluster> => {
  const plans = plansOf(families);
  const runFolder = mkdtempSync(join(tmpdir(), 'netcheck-sandbox-'));
  const apiSocket = join(runFolder, 'api.sock');
  const store = createStore();
  const resources = new Set<string>();
  store.watch(({ resource }) => resources.add(resource));

  const authority = createCertificateAuthority();
  const { names, addresses } = internetOf(families);
  const server = authority.issueServer([...Object.keys(names), ...addresses]);
  const internet = { server, authority: authority.certificate };
  const node = await startSandboxNode({ store, families, runFolder, apiSocket, internet }).catch(
    (error: unknown) => {
      rmSync(runFolder, { recursive: true, force: true });
      throw error;
    },
  );
  const api = await startApi({
    store,
    kubelet: node.kubelet,
    socketPath: apiSocket,
    address: { ip: plans[0].node, port: API_PORT },
    ipFamilies: families.map((family) => IP_FAMILY[family]),
  });
  const controllers = startControllers(store, api.caPem);

  const stop = async () => {
    controllers.stop();
    await api.stop();
    await node.stop();
    rmSync(runFolder, { recursive: true, force: true });
  };
  const settled = async () => {
    await settle({ store, idle: { controllers: controllers.idle, kubelet: node.kubelet.settled } });
    await node.synced();
  };
  const apply = async (objects: readonly KubeObject[]) => {
    for (const object of [...objects].sort(NAMESPACES_FIRST)) await applyObject(api, object);
    await settled();
  };
  const writeKubeconfig = (name: string, text: string) => {
    const path = join(runFolder, `${name}.kubeconfig`);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };

  try {
    await apply(systemObjects(plans));
    const snapshot = takeSnapshot(store, () => resources);
    let users = 0;
    return {
      families,
      server: api.server,
      kubeconfig: writeKubeconfig('admin', api.kubeconfig(api.admin)),
      store,
      api,
      apply,
      settled,
      inNetwork: async (where, command) => {
        const [place, namespace = '', name = ''] = where.split('/');
        if (place === 'node') return node.run([], command);
        if (place === 'internet') return node.run(['nsenter', '--net=/run/netns/internet'], command);
        const network = node.kubelet.networkOf(namespace, name);
        if (network === 'none') throw new Error(`no network of ${where}: the pod is not running`);
        if (network === 'node') return node.run([], command);
        return node.run(['nsenter', `--net=/run/netns/${network.namespace}`], command);
      },
      kubeconfigOf: async (user, groups = []) => {
        users += 1;
        return writeKubeconfig(`user-${users}`, api.kubeconfig({ token: api.addToken(user, groups) }));
      },
      killContainer: (namespace, pod, container, reason = 'OOMKilled') =>
        node.kubelet.killContainer(namespace, pod, container, reason),
      logOf: async (namespace, pod, container) => {
        const log = node.kubelet.log(
          { namespace, pod, container },
          { follow: false, signal: new AbortController().signal },
        );
        const chunks: Uint8Array[] = [];
        for await (const chunk of log ?? []) chunks.push(chunk);
        return Buffer.concat(chunks).toString();
      },
      reset: async () => {
        api.faults.clear();
        snapshot.restore();
        await Promise.all([node.mend(), node.kubelet.cleaned()]);
        await settled();
        snapshot.rebase();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
