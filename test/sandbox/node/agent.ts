/**
 * The node's first process (PID 1 of its PID namespace). It does what the parent asks, and ends when the parent's end of
 * stdin closes, however the parent came to its end: with it every process and namespace of the node goes.
 */
import { rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { probe } from './agent-probe.ts';
import { createProcesses } from './agent-processes.ts';
import type { Report, Request } from './protocol.ts';

/** Folder of this run, removed at the end; the API server's port inside the node; the API double's socket outside. */
const [runFolder = '', apiPort = '', apiSocket = ''] = process.argv.slice(2);

const say = (report: Report) => process.stdout.write(`${JSON.stringify(report)}\n`);
const processes = createProcesses(say);

/** The control plane's address: raw bytes to the API double, which lives outside of the node. */
const forwardApi = () => {
  const server = createServer((inside) => {
    const outside = createConnection(apiSocket);
    inside.pipe(outside).pipe(inside);
    for (const end of [inside, outside]) {
      end.on('error', () => {
        inside.destroy();
        outside.destroy();
      });
    }
  });
  // No address: every one of both families, or of IPv4 where the kernel has no other.
  server.listen(Number(apiPort));
};

const answer = async (request: Request): Promise<unknown> => {
  switch (request.op) {
    case 'run':
      return processes.run(request.argv, request.input);
    case 'start':
      return processes.start(request.process, request.spec);
    case 'write':
      return processes.write(request.process, request.data);
    case 'message':
      return processes.message(request.process, request.message);
    case 'signal':
      return processes.signal(request.process, request.signal);
    case 'pid':
      return { pid: processes.innermost(request.process) };
    case 'probe':
      return probe(request.spec);
  }
};

const handle = async (line: string) => {
  const request: Request & { readonly id: number } = JSON.parse(line);
  try {
    say({ event: 'answer', id: request.id, value: (await answer(request)) ?? null });
  } catch (error) {
    say({ event: 'failed', id: request.id, message: error instanceof Error ? error.message : String(error) });
  }
};

const end = () => {
  // Nothing is ever mounted below this folder: the node's mounts are all on its private /run.
  if (runFolder.includes('netcheck-sandbox-')) rmSync(runFolder, { recursive: true, force: true });
  process.exit(0);
};

process.stdout.on('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void handle(line));
lines.on('close', end);

const up = await processes.run(['sh', '-c', 'ip link set lo up && mount -t tmpfs -o mode=755 run /run']);
if (up.exitCode !== 0) {
  process.stderr.write(up.stderr);
  process.exit(1);
}
if (apiSocket !== '') forwardApi();
say({ event: 'ready' });
