/** The parent's end of the agent: starts the node's namespaces and talks to the agent inside them. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answers, Completed, ProbeResult, ProbeSpec, ProcessSpec, Report, Request } from './protocol.ts';

export interface ProcessHandlers {
  readonly output: (chunk: Uint8Array, fd: 1 | 2) => void;
  readonly message?: (message: unknown) => void;
  readonly exit: (code: number, terminationMessage: string) => void;
}

export interface NodeProcess {
  /** Resolves with its process id when it has been started; rejects when it cannot be. */
  readonly started: Promise<number>;
  readonly write: (chunk: Uint8Array | undefined) => void;
  readonly message: (message: unknown) => void;
  readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => void;
  /** Process id of the innermost process, in the node's numbering. */
  readonly innermost: () => Promise<number | undefined>;
}

export interface NodeLink {
  /** Runs a command in the node's own namespaces to its end. */
  readonly run: (argv: readonly string[], input?: string) => Promise<Completed>;
  /** As `run`, but throws with what the command said when it fails. */
  readonly must: (argv: readonly string[], input?: string) => Promise<string>;
  readonly start: (spec: ProcessSpec, handlers: ProcessHandlers) => NodeProcess;
  readonly probe: (spec: ProbeSpec) => Promise<ProbeResult>;
  /** Ends the node: every process and namespace of it. Resolves when all are gone. */
  readonly close: () => Promise<void>;
}

export interface LinkOptions {
  /** The bundled agent. */
  readonly agent: string;
  /** Removed by the agent when it ends, also when the parent was killed. */
  readonly runFolder: string;
  readonly apiPort: number;
  readonly apiSocket: string;
}

/** Why no namespaces can be made here, and what would allow it. */
const namespacesRefused = (stderr: string) =>
  new Error(
    [
      `The sandbox cannot make its network namespaces: ${stderr.trim() || 'unshare failed without a word'}.`,
      'It needs root with CAP_SYS_ADMIN, or unprivileged user namespaces',
      '(kernel.unprivileged_userns_clone=1, user.max_user_namespaces > 0, and on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0).',
    ].join(' '),
  );

const unshareArgv = (): readonly string[] => [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/** Starts the node. Throws with the reason when this machine does not allow the namespaces. */
export const startNode = (options: LinkOptions): Promise<NodeLink> =>
  new Promise((resolve, reject) => {
    const [command = '', ...rest] = [
      ...unshareArgv(),
      process.execPath,
      options.agent,
      options.runFolder,
      String(options.apiPort),
      options.apiSocket,
    ];
    // Administration tools live in sbin, which is often not on a user's PATH.
    const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
    const child = spawn(command, rest, { env, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
    const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
    const processes = new Map<string, ProcessHandlers>();
    let stderr = '';
    let requests = 0;
    let ended = false;

    const ask = <Op extends Request['op']>(request: Request & { readonly op: Op }): Promise<Answers[Op]> =>
      new Promise((resolveAnswer, rejectAnswer) => {
        if (ended) {
          rejectAnswer(new Error('the node has ended'));
          return;
        }
        requests += 1;
        waiting.set(requests, { resolve: resolveAnswer, reject: rejectAnswer });
        child.stdin.write(`${JSON.stringify({ ...request, id: requests })}\n`);
      });

    const gone = new Promise<void>((resolveGone) => {
      child.once('close', () => {
        ended = true;
        for (const { reject: fail } of waiting.values())
          fail(new Error(`the node has ended: ${stderr.trim()}`));
        waiting.clear();
        for (const handlers of processes.values()) handlers.exit(137, '');
        processes.clear();
        reject(namespacesRefused(stderr));
        resolveGone();
      });
    });

    const run = (argv: readonly string[], input = '') => ask({ op: 'run', argv, input });
    const link: NodeLink = {
      run,
      must: async (argv, input) => {
        const { exitCode, stdout, stderr: said } = await run(argv, input);
        if (exitCode === 0) return stdout;
        throw new Error(`${argv.slice(0, 3).join(' ')} … exit ${exitCode}: ${said.trim()}`);
      },
      start: (spec, handlers) => {
        requests += 1;
        const name = `p${requests}`;
        processes.set(name, handlers);
        const quietly = (sent: Promise<unknown>) => void sent.catch(() => undefined);
        const started = ask({ op: 'start', process: name, spec }).then(
          ({ pid }) => pid,
          (error: unknown) => {
            processes.delete(name);
            throw error;
          },
        );
        quietly(started);
        return {
          started,
          write: (chunk) =>
            quietly(
              ask({
                op: 'write',
                process: name,
                ...(chunk === undefined ? {} : { data: Buffer.from(chunk).toString('base64') }),
              }),
            ),
          message: (message) => quietly(ask({ op: 'message', process: name, message })),
          signal: (signal) => quietly(ask({ op: 'signal', process: name, signal })),
          innermost: async () => (await ask({ op: 'pid', process: name })).pid,
        };
      },
      probe: (spec) => ask({ op: 'probe', spec }),
      close: async () => {
        child.stdin.end();
        await gone;
      },
    };

    const hear = (report: Report) => {
      switch (report.event) {
        case 'ready':
          resolve(link);
          return;
        case 'answer':
          // The agent answers each request with the value that `Answers` names for its op.
          waiting.get(report.id)?.resolve(report.value as never);
          waiting.delete(report.id);
          return;
        case 'failed':
          waiting.get(report.id)?.reject(new Error(report.message));
          waiting.delete(report.id);
          return;
        case 'output':
          processes.get(report.process)?.output(Buffer.from(report.data, 'base64'), report.fd);
          return;
        case 'message':
          processes.get(report.process)?.message?.(report.message);
          return;
        case 'exit': {
          const handlers = processes.get(report.process);
          processes.delete(report.process);
          handlers?.exit(report.code, report.terminationMessage);
          return;
        }
      }
    };

    createInterface({ input: child.stdout }).on('line', (line) => hear(JSON.parse(line)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4000);
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => reject(namespacesRefused(error.message)));
  });
