/** What is measured, each as a function that resolves with milliseconds. */
import { spawn } from 'node:child_process';
import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../src/cluster/client.ts';
import { readAll } from '../../src/cluster/http.ts';
import { loadConnection } from '../../src/cluster/kubeconfig/index.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';

const IMAGE = 'docker.io/nicolaka/netshoot:v0.16';
const NAMESPACE = 'shop';

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

/**
 * The lower quartile: what shares the machine only ever adds to a time, and a virtual machine may be half as fast from one second to
 * the next. Of one figure, that one.
 */
export const undisturbed = (values: readonly number[]): number => quantile(values, 1 / 4);
export const median = (values: readonly number[]): number => quantile(values, 1 / 2);

export const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** Runs to the end; the exit status does not matter here. */
const toEnd = (program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', env });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });

export const node = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> =>
  toEnd(process.execPath, args, env);

/** A pod like the scenario's client. */
export const client = async (cluster: SandboxCluster, name: string): Promise<string> => {
  await cluster.apply([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: NAMESPACE, labels: { app: 'client' } },
      spec: { containers: [{ name: 'app', image: 'docker.io/lab/web:1', args: ['-http', ':9000'] }] },
    },
  ]);
  return name;
};

/** From the PATCH to the first byte of the log, asked as often as it takes: nothing can be faster on this cluster. */
export const bareStart = async (cluster: SandboxCluster, pod: string): Promise<number> => {
  const { endpoint } = await loadConnection({ kubeconfig: cluster.kubeconfig, asGroups: [] }, {});
  if (!(endpoint.agent instanceof Agent)) throw new Error('no TLS');
  const api = createClient(
    endpoint,
    { namespace: NAMESPACE, context: undefined },
    AbortSignal.timeout(30_000),
  );
  const path = `/api/v1/namespaces/${NAMESPACE}/pods/${pod}`;
  const container = { name: 'bare', image: IMAGE, command: ['echo', 'started'] };
  await api.request({ method: 'GET', path });
  try {
    return await timed(async () => {
      await api.request({
        method: 'PATCH',
        path: `${path}/ephemeralcontainers`,
        body: { spec: { ephemeralContainers: [container] } },
        contentType: 'application/strategic-merge-patch+json',
      });
      for (;;) {
        const log = await api.stream(
          { method: 'GET', path: `${path}/log`, query: { container: 'bare' }, accept: '*/*' },
          AbortSignal.timeout(10_000),
        );
        if ((await readAll(log)) !== '' && log.status === 200) return;
        await sleep(5);
      }
    });
  } finally {
    api.close();
  }
};

/** The whole run, as a process, from its start to its end. */
export const netcheck = (
  words: readonly [string, ...string[]],
  pod: string,
  save: string,
  env: NodeJS.ProcessEnv,
): Promise<number> => {
  const [program, ...first] = words;
  return timed(() => toEnd(program, [...first, pod, '-n', NAMESPACE, '--save', save, '--image', IMAGE], env));
};

/** What an expert types: three names, two requests, three pings; the limits that an expert sets. netcheck asks about three times as much. */
const SIX_CHECKS = [
  'nslookup kubernetes.default.svc.cluster.local',
  'nslookup web.shop',
  'nslookup example.com',
  'curl -sSk -m 5 -o /dev/null https://kubernetes.default.svc/version',
  'curl -sSk -m 5 -o /dev/null https://example.com/',
  'ping -c 3 -i 0.2 -W 1 1.1.1.1',
].join('; ');

export const byHand = (pod: string, env: NodeJS.ProcessEnv): Promise<number> =>
  timed(() =>
    toEnd(
      'kubectl',
      [
        '-n',
        NAMESPACE,
        'debug',
        pod,
        '--image',
        IMAGE,
        '--profile',
        'general',
        '-q',
        '--attach',
        '-c',
        'by-hand',
        '--',
        'sh',
        '-c',
        SIX_CHECKS,
      ],
      env,
    ),
  );
