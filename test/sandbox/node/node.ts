/** The node as a whole: namespaces, internet, kube-proxy, DNS feed and kubelet over one store. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { KeyAndCertificate } from '../api/certificates.ts';
import type { CoreDnsInput } from '../apps/coredns.ts';
import type { InternetInput } from '../apps/internet.ts';
import type { Store } from '../contract.ts';
import type { Families } from '../families.ts';
import { API_PORT, internetOf, plansOf } from './addresses.ts';
import { zoneOf } from './dns-zone.ts';
import { type KubeProxy, startKubeProxy } from './kube-proxy.ts';
import { type RunningKubelet, startKubelet } from './kubelet.ts';
import { type NodeLink, startNode } from './link.ts';
import { createNodeNetwork } from './node-network.ts';
import type { Completed } from './protocol.ts';
import { createRuntime, ROOT_FOLDER, type Runtime } from './runtime.ts';
import { dnsMode } from './settings.ts';

export interface NodeOptions {
  readonly store: Store;
  readonly families: Families;
  /** A new folder, named `netcheck-sandbox-…`; the node removes it at its end. */
  readonly runFolder: string;
  /** Path of the unix socket behind which the API double answers. */
  readonly apiSocket: string;
  /** What the internet's TLS servers show, and the authority that containers trust for it. */
  readonly internet: { readonly server: KeyAndCertificate; readonly authority: string };
}

export interface SandboxNode {
  readonly kubelet: RunningKubelet;
  readonly proxy: KubeProxy;
  /** Rules and DNS servers know what the store holds. */
  readonly synced: () => Promise<void>;
  readonly run: (where: readonly string[], command: readonly string[]) => Promise<Completed>;
  /** Takes back what faults have changed in the node's and the internet's networks. */
  readonly mend: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DNS_FEED_TIMEOUT_MS = 10_000;
const SCRIPTS = join(HERE, 'scripts');
const APPS = join(HERE, '../apps');

const bundle = (folder: string) =>
  buildSync({
    entryPoints: [
      join(HERE, 'agent.ts'),
      join(APPS, 'app.ts'),
      join(APPS, 'coredns.ts'),
      join(APPS, 'internet.ts'),
    ],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // dns-packet is CommonJS and requires Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });

const startInternet = (link: NodeLink, runFolder: string, input: InternetInput) =>
  new Promise<void>((resolve, reject) => {
    let said = '';
    const server = link.start(
      {
        argv: ['nsenter', '--net=/run/netns/internet', process.execPath, join(runFolder, 'internet.mjs')],
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
        channel: 'ipc',
      },
      {
        output: (chunk) => {
          said = (said + Buffer.from(chunk).toString()).slice(-2000);
        },
        message: () => resolve(),
        exit: () => reject(new Error(`the sandbox's internet has ended: ${said}`)),
      },
    );
    server.started.then(() => server.message(input), reject);
  });

/** Feeds every CoreDNS process with the zone, the Corefile and the mode, whenever one of them changes. */
const feedDns = (store: Store, runtime: () => Runtime) => {
  let scheduled = false;
  return store.watch(({ resource, object }) => {
    const concerns =
      ['services', 'endpointslices', 'namespaces'].includes(resource) ||
      (resource === 'configmaps' && object.metadata.namespace === 'kube-system');
    if (!concerns || scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      runtime().feedDns();
    });
  });
};

/** Starts the node. Throws when this machine allows no namespaces, saying what would. */
export const startSandboxNode = async (options: NodeOptions): Promise<SandboxNode> => {
  const { store, families, runFolder, apiSocket, internet } = options;
  const plans = plansOf(families);
  const { names, nameservers } = internetOf(families);
  bundle(runFolder);
  const authorities = join(runFolder, 'authorities.pem');
  writeFileSync(authorities, internet.authority);
  const link = await startNode({
    agent: join(runFolder, 'agent.mjs'),
    runFolder,
    apiPort: API_PORT,
    apiSocket,
  });
  const network = createNodeNetwork(link, SCRIPTS, plans, internetOf(families));
  try {
    await Promise.all([
      network.up().then(() =>
        startInternet(link, runFolder, {
          key: internet.server.key,
          certificate: internet.server.certificate,
          names,
          nameservers,
        }),
      ),
      link.must([`${SCRIPTS}/rootfs.sh`, ROOT_FOLDER, authorities]),
    ]);
  } catch (error) {
    await link.close();
    throw error;
  }
  const dnsInput = (upstreams: readonly string[]): Omit<CoreDnsInput, 'version'> => {
    const config = store.get('configmaps', 'kube-system', 'coredns');
    return {
      corefile: config?.data?.Corefile ?? '',
      mode: dnsMode(config),
      zone: zoneOf(store),
      nameservers: upstreams,
    };
  };
  const runtime = createRuntime({
    store,
    node: link,
    scripts: SCRIPTS,
    apps: runFolder,
    nodeIsRoot: process.getuid?.() === 0,
    plans,
    dnsInput,
  });
  const proxy = startKubeProxy(store, link, plans, (error) =>
    console.error('sandbox: kube-proxy:', error.message),
  );
  const kubelet = startKubelet(store, link, runtime, plans);
  const stopFeeding = feedDns(store, () => runtime);
  return {
    kubelet,
    proxy,
    synced: async () => {
      // The feed starts one turn after the write.
      await new Promise<void>((resolve) => setTimeout(resolve, 1));
      await proxy.synced();
      const deadline = Date.now() + DNS_FEED_TIMEOUT_MS;
      while (!runtime.dnsFed() && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 3));
    },
    run: (where, command) => link.run([...where, ...command]),
    mend: network.mend,
    stop: async () => {
      stopFeeding();
      proxy.stop();
      kubelet.stop();
      await link.close();
    },
  };
};
