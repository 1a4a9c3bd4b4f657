/** The whole cluster: what others build on, and that nothing of it stays behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import type { KubeObject } from '../sandbox/contract.ts';
import { baseObjects } from '../sandbox/scenario.ts';
import { eventually, STRICT } from './bare-node.ts';
import { QUICK, run, sayInPod } from './in-cluster.ts';

describe('a cluster used over several scenarios', () => {
  let cluster: SandboxCluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster?.stop(), 30_000);

  const sayInClient = (script: string) => sayInPod(cluster, 'client', script);

  test('apply returns when pods run and Services answer', async () => {
    await cluster.apply(baseObjects());
    const pods = cluster.store.list('pods', 'shop');
    expect(pods.map((pod) => pod.status.phase)).toEqual(['Running', 'Running', 'Running']);
    expect(await sayInClient('curl -sS http://web')).toBe('hello from web\n');
  }, 60_000);

  test('a pod reaches the API server through its Service', async () => {
    expect(await sayInClient('curl -sSk https://kubernetes.default/version')).toContain('"gitVersion"');
  }, 60_000);

  test('reset takes back objects, rules and settings of every kind', async () => {
    const rule = 'table ip fault { chain out { type filter hook forward priority -10; drop; }; }';
    expect((await cluster.inNetwork('node', ['nft', rule])).exitCode).toBe(0);
    expect(
      (await cluster.inNetwork('internet', ['ip', 'addr', 'del', '1.1.1.1/32', 'dev', 'lo'])).exitCode,
    ).toBe(0);
    expect((await cluster.inNetwork('node', ['ip', 'route', 'del', 'default'])).exitCode).toBe(0);
    cluster.store.update('configmaps', 'kube-system', 'coredns', (config) => ({
      ...config,
      data: { Corefile: 'broken' },
    }));
    cluster.store.delete('deployments', 'kube-system', 'coredns');
    cluster.store.update('nodes', undefined, 'node-1', (node) => ({
      ...node,
      metadata: { ...node.metadata, annotations: { 'sandbox.netcheck/kube-proxy': 'stuck' } },
    }));
    await cluster.reset();
    expect(cluster.store.get('namespaces', undefined, 'shop')).toBeUndefined();
    expect(cluster.store.list('pods').map(({ metadata }) => metadata.namespace)).toEqual([
      'kube-system',
      'kube-system',
    ]);
    await cluster.apply(baseObjects());
    expect(await sayInClient('curl -sS http://web https://example.com; nc -zvw2 1.1.1.1 443')).toMatch(
      /hello from web\nok\n[\s\S]*succeeded/,
    );
  }, 60_000);

  test('kube-proxy stuck: a new Service is silence, and is served when it goes on', async () => {
    const annotate = (annotations: Record<string, string>) =>
      cluster.store.update('nodes', undefined, 'node-1', (node) => ({
        ...node,
        metadata: { ...node.metadata, annotations },
      }));
    annotate({ 'sandbox.netcheck/kube-proxy': 'stuck' });
    const late: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'late', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    };
    await cluster.apply([late]);
    expect(await sayInClient('nc -zvw1 late 80')).toContain('timed out');
    annotate({});
    await cluster.settled();
    expect(await sayInClient('nc -zvw2 late 80')).toContain('succeeded');
  }, 60_000);

  test('a container killed half way is told as out of memory, and its log is kept', async () => {
    cluster.store.update('pods', 'shop', 'client', (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, annotations: { 'sandbox.netcheck/kill-ephemeral': '300ms' } },
    }));
    expect(await sayInClient('echo first; sleep 60; echo never')).toBe('first\n');
    const statuses: readonly { state: { terminated?: { reason: string; exitCode: number } } }[] =
      cluster.store.get('pods', 'shop', 'client')?.status.ephemeralContainerStatuses;
    expect(statuses.map(({ state }) => state.terminated?.reason)).toContain('OOMKilled');
    expect(statuses.map(({ state }) => state.terminated?.exitCode)).toContain(137);
  }, 60_000);

  test('exec runs beside the container, as it', async () => {
    cluster.store.update('pods', 'shop', 'client', (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, annotations: QUICK },
      spec: {
        ...pod.spec,
        ephemeralContainers: [
          ...pod.spec.ephemeralContainers,
          {
            name: 'stays',
            image: 'docker.io/nicolaka/netshoot:v0.16',
            command: ['sleep', '60'],
            securityContext: STRICT,
          },
        ],
      },
    }));
    await eventually('a running container', () =>
      cluster.store
        .get('pods', 'shop', 'client')
        ?.status.ephemeralContainerStatuses?.some(
          (status: { name: string; state: object }) => status.name === 'stays' && 'running' in status.state,
        ),
    );
    const exec = (...command: string[]) =>
      run('kubectl', ['-n', 'shop', 'exec', 'client', '-c', 'stays', '--', ...command], cluster.kubeconfig);
    expect(await exec('sh', '-c', 'id -u; hostname; exit 3')).toMatchObject({
      exitCode: 3,
      stdout: '65532\nclient\n',
    });
    expect((await exec('/no/such')).stderr).toContain('stat /no/such: no such file or directory');
    const inApp = await run(
      'kubectl',
      ['-n', 'shop', 'exec', 'client', '-c', 'app', '--', 'sh'],
      cluster.kubeconfig,
    );
    expect(inApp.stderr).toContain('executable file not found in $PATH');
  }, 60_000);
});

describe('nothing is left behind', () => {
  const MAIN = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));

  const UNPRIVILEGED = ['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups'];

  const startMain = async (
    prefix: readonly string[],
    families: string,
  ): Promise<{ child: ChildProcess; runFolder: string }> => {
    const [command = '', ...args] = [...prefix, process.execPath, MAIN, families];
    const child = spawn(command, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const kubeconfig = await eventually('the kubeconfig', () => {
      if (child.exitCode !== null) throw new Error(`the sandbox ended: ${said}`);
      return /export KUBECONFIG=(\S+)/.exec(said)?.[1];
    });
    return { child, runFolder: dirname(kubeconfig) };
  };
  /** Processes that still name the run folder, zombies left out: they only wait to be counted by a parent. */
  const processesOf = (runFolder: string) =>
    readdirSync('/proc').filter((entry) => {
      try {
        return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(runFolder);
      } catch {
        return false;
      }
    });
  const namespacesOf = (processes: readonly string[]) =>
    new Set(
      processes.flatMap((pid) => {
        try {
          return [readlinkSync(`/proc/${pid}/ns/net`)];
        } catch {
          return [];
        }
      }),
    );
  const livingNamespaces = () => namespacesOf(readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)));

  const root = process.getuid?.() === 0;

  const everything = async (
    way: readonly string[],
    families: string,
    signal: 'SIGKILL' | 'SIGTERM',
    meanwhile: (runFolder: string) => Promise<void>,
  ) => {
    const { child, runFolder } = await startMain(way, families);
    await meanwhile(runFolder);
    const processes = processesOf(runFolder);
    const own = readlinkSync('/proc/self/ns/net');
    const namespaces = [...namespacesOf(processes)].filter((namespace) => namespace !== own);
    expect(processes.length).toBeGreaterThan(5);
    expect(namespaces.length).toBeGreaterThan(3);
    expect(existsSync(runFolder)).toBe(true);
    child.kill(signal);
    await eventually('the end of every process', () => processesOf(runFolder).length === 0);
    await eventually('the end of the run folder', () => !existsSync(runFolder));
    const living = livingNamespaces();
    expect(namespaces.filter((namespace) => living.has(namespace))).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(runFolder);
  };

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'after %s',
    (signal) => everything([], 'ipv4', signal, async () => undefined),
    60_000,
  );

  test.each([
    ['ipv4', '1.1.1.1'],
    ['ipv6', '2606:4700:4700::1111'],
    ['ipv4,ipv6', '2606:4700:4700::1111'],
  ])(
    'without rights, where the real tools see the same: %s',
    (families, outside) =>
      everything(root ? UNPRIVILEGED : [], families, 'SIGKILL', async (runFolder) => {
        const script = `id -u; nslookup web; curl -sS http://web https://example.com; ping -c1 -W2 ${outside}; grep CapEff /proc/self/status`;
        const debug = {
          name: 'debug',
          image: 'docker.io/nicolaka/netshoot:v0.16',
          command: ['sh', '-c', script],
          securityContext: STRICT,
        };
        const kubectl = (...args: string[]) =>
          run('kubectl', ['-n', 'shop', ...args], `${runFolder}/admin.kubeconfig`);
        const patch = JSON.stringify({ spec: { ephemeralContainers: [debug] } });
        expect(
          (await kubectl('patch', 'pod', 'client', '--subresource=ephemeralcontainers', '-p', patch)).stderr,
        ).toBe('');
        const ended = 'jsonpath={.status.ephemeralContainerStatuses[0].state.terminated}';
        await kubectl('wait', 'pod', 'client', `--for=${ended}`, '--timeout=30s');
        expect((await kubectl('logs', 'client', '-c', 'debug')).stdout).toMatch(
          /^65532\n[\s\S]*Name:\tweb\.shop\.svc\.cluster\.local[\s\S]*hello from web\nok\n[\s\S]*1 received[\s\S]*CapEff:\t0+\n$/,
        );
      }),
    60_000,
  );
});
