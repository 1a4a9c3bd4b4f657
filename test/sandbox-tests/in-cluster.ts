/** What a shell script says in a debug container of a whole cluster's pod. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import { eventually, STRICT } from './bare-node.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const run = async (command: string, args: readonly string[], kubeconfig: string): Promise<Ran> => {
  const child = spawn(command, args, { env: { ...process.env, KUBECONFIG: kubeconfig } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, stdout, stderr };
};

/** Many containers follow each other in the tests, and the wait of a busy pod is not what is tested. */
export const QUICK = { 'sandbox.netcheck/timing': 'quick' };

let injected = 0;

/** Resolves with the output, both streams, when the script has ended. The pod is one of namespace shop. */
export const sayInPod = async (cluster: SandboxCluster, pod: string, script: string): Promise<string> => {
  injected += 1;
  const name = `say-${injected}`;
  cluster.store.update('pods', 'shop', pod, (before) => ({
    ...before,
    metadata: { ...before.metadata, annotations: { ...QUICK, ...before.metadata.annotations } },
    spec: {
      ...before.spec,
      ephemeralContainers: [
        ...(before.spec.ephemeralContainers ?? []),
        {
          name,
          image: 'docker.io/nicolaka/netshoot:v0.16',
          command: ['sh', '-c', `{ ${script}\n} 2>&1`],
          securityContext: STRICT,
          terminationMessagePath: '/dev/termination-log',
        },
      ],
    },
  }));
  const ended = () =>
    cluster.store
      .get('pods', 'shop', pod)
      ?.status.ephemeralContainerStatuses?.find((status: { name: string }) => status.name === name)?.state
      .terminated;
  await eventually(`the end of ${name}`, ended);
  return (await run('kubectl', ['-n', 'shop', 'logs', pod, '-c', name], cluster.kubeconfig)).stdout;
};
