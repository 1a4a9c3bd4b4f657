/** Processes of the node: started, listened to, ended with all that descends from them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Completed, ProcessSpec, Report } from './protocol.ts';

const TERMINATION_MESSAGE_BYTES = 4096;

/** Runs a short command to its end. */
const run = (argv: readonly string[], input = ''): Promise<Completed> =>
  new Promise((resolve) => {
    const [command = 'true', ...rest] = argv;
    const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', (error) => resolve({ exitCode: 127, stdout, stderr: error.message }));
    child.on('close', (code, signal) => resolve({ exitCode: exitCode(code, signal), stdout, stderr }));
  });

const exitCode = (code: number | null, signal: NodeJS.Signals | null) =>
  code ?? 128 + (signal === null ? 0 : constants.signals[signal]);

/** Children by parent, read from /proc. A process that ends meanwhile is left out. */
const childrenByParent = (): ReadonlyMap<number, readonly number[]> => {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The command in parentheses may hold spaces and parentheses itself; the parent follows the last one.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {}
  }
  return children;
};

const descendants = (pid: number): readonly number[] => {
  const children = childrenByParent();
  const found: number[] = [pid];
  for (let i = 0; i < found.length; i += 1) found.push(...(children.get(found[i] ?? 0) ?? []));
  return found;
};

const terminationMessage = (path: string | undefined): string => {
  if (path === undefined) return '';
  try {
    return readFileSync(path).subarray(0, TERMINATION_MESSAGE_BYTES).toString('utf8');
  } catch {
    return '';
  }
};

/** The agent's processes by the name that the parent gave them. */
export const createProcesses = (say: (report: Report) => void) => {
  const children = new Map<string, ChildProcess>();

  const start = (name: string, spec: ProcessSpec): Promise<{ pid: number }> =>
    new Promise((resolve, reject) => {
      const [command = 'true', ...rest] = spec.argv;
      const child = spawn(command, rest, {
        env: { ...spec.env },
        cwd: '/',
        // A session of its own: what the terminal sends to the parent must not reach it.
        detached: true,
        stdio: [
          spec.stdin ? 'pipe' : 'ignore',
          'pipe',
          'pipe',
          ...(spec.channel === 'ipc' ? ['ipc' as const] : []),
        ],
      });
      // At once: what is written to it may come before it is known to have started.
      children.set(name, child);
      child.once('error', (error) => {
        children.delete(name);
        reject(error);
      });
      child.once('spawn', () => resolve({ pid: child.pid ?? 0 }));
      child.stdin?.on('error', () => undefined);
      child.stdout?.on('data', (chunk: Buffer) =>
        say({ event: 'output', process: name, fd: 1, data: chunk.toString('base64') }),
      );
      child.stderr?.on('data', (chunk: Buffer) =>
        say({ event: 'output', process: name, fd: 2, data: chunk.toString('base64') }),
      );
      child.on('message', (message) => say({ event: 'message', process: name, message }));
      child.on('close', (code, signal) => {
        if (!children.delete(name)) return;
        say({
          event: 'exit',
          process: name,
          code: exitCode(code, signal),
          terminationMessage: terminationMessage(spec.terminationLog),
        });
      });
    });

  return {
    run,
    start,
    write: (name: string, data: string | undefined) => {
      const stdin = children.get(name)?.stdin;
      if (data === undefined) stdin?.end();
      else stdin?.write(Buffer.from(data, 'base64'));
    },
    message: (name: string, message: unknown) => {
      const child = children.get(name);
      if (child?.connected && typeof message === 'object' && message !== null) {
        child.send(message, () => undefined);
      }
    },
    /** SIGTERM goes to the innermost process alone, as a runtime sends it to a container's first; SIGKILL to all. */
    signal: (name: string, signal: 'SIGTERM' | 'SIGKILL') => {
      const pid = children.get(name)?.pid;
      if (pid === undefined) return;
      const [outer = pid, ...inner] = descendants(pid);
      // Parents before their children: no shell goes on after the death of a child, and no wrapper lives to say so in the log.
      for (const target of signal === 'SIGKILL' ? [outer, ...inner] : [inner[0] ?? outer]) {
        try {
          process.kill(target, signal);
        } catch {}
      }
    },
    /** The container's first process: the wrapper's child where the wrapper forked into a PID namespace. */
    innermost: (name: string): number | undefined => {
      const pid = children.get(name)?.pid;
      return pid === undefined ? undefined : (descendants(pid)[1] ?? pid);
    },
  };
};
