/** `kubectl exec`: a process beside a running container, in all its namespaces but with a first process of its own. */
import type { ExecProcess, KubeObject } from '../contract.ts';
import { createLog } from './container-log.ts';
import type { NodeProcess } from './link.ts';
import type { ContainerSlot } from './pod-context.ts';
import type { Runtime } from './runtime.ts';

const EXEC_REFUSED = 'OCI runtime exec failed: exec failed: unable to start container process: ';

export const execIn = (
  runtime: Runtime,
  pod: KubeObject | undefined,
  container: string,
  slot: ContainerSlot | undefined,
  command: readonly string[],
  stdin: boolean,
): ExecProcess => {
  const stdout = createLog();
  const stderr = createLog();
  const forever = new AbortController().signal;
  const written: (Uint8Array | undefined)[] = [];
  let started: NodeProcess | undefined;
  let killed = false;

  const run = async (): Promise<{ readonly code?: number; readonly message?: string }> => {
    const { process, image, identity } = slot ?? {};
    if (
      pod === undefined ||
      slot === undefined ||
      process === undefined ||
      image === undefined ||
      identity === undefined
    ) {
      return { message: `container not found ("${container}")` };
    }
    const problem = await runtime.missing(image, command[0] ?? '');
    if (problem !== undefined) return { message: `${EXEC_REFUSED}${problem}` };
    const env = runtime.environment(pod, slot.spec);
    return new Promise((resolve, reject) => {
      runtime
        .exec(process, command, env, identity, stdin, {
          output: (chunk, fd) => (fd === 1 ? stdout : stderr).append(chunk),
          exit: (code) => resolve({ code }),
        })
        .then((beside) => {
          started = beside;
          for (const chunk of written) beside.write(chunk);
          if (killed) beside.signal('SIGKILL');
        })
        .catch(reject);
    });
  };
  const exit = run()
    .catch((error) => ({ message: error instanceof Error ? error.message : String(error) }))
    .finally(() => {
      stdout.end();
      stderr.end();
    });
  const write = (chunk: Uint8Array | undefined) => {
    if (started === undefined) written.push(chunk);
    else started.write(chunk);
  };
  return {
    stdout: stdout.read({ follow: true, signal: forever }),
    stderr: stderr.read({ follow: true, signal: forever }),
    writeStdin: write,
    closeStdin: () => write(undefined),
    exit,
    kill: () => {
      killed = true;
      started?.signal('SIGKILL');
    },
  };
};
