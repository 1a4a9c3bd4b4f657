/** pods/exec and pods/attach over WebSocket. */
import type { WebSocket } from 'ws';
import type { ExecProcess, KubeObject } from '../../contract.ts';
import type { Api } from '../api.ts';
import {
  CLOSE,
  exitStatus,
  STDERR,
  STDIN,
  STDOUT,
  SUCCESS,
  sendChannel,
  sendEnd,
  startFailure,
} from './channels.ts';

export interface StreamTarget {
  readonly api: Api;
  readonly pod: KubeObject;
  readonly container: string;
  readonly query: URLSearchParams;
  /** As negotiated. */
  readonly protocol: string;
}

const isTrue = (value: string | null): boolean => value === 'true' || value === '1';

const referenceOf = ({ pod, container }: StreamTarget) => ({
  namespace: pod.metadata.namespace ?? '',
  pod: pod.metadata.name,
  container,
});

const pump = async (socket: WebSocket, channel: number, stream: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const chunk of stream) sendChannel(socket, channel, chunk);
};

const toBuffer = (data: Buffer | ArrayBuffer | readonly Buffer[]): Buffer =>
  Buffer.isBuffer(data) ? data : data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.concat(data);

const forwardStdin = (socket: WebSocket, process: ExecProcess): void => {
  let open = true;
  const close = () => {
    if (open) process.closeStdin();
    open = false;
  };
  socket.on('message', (message) => {
    const data = toBuffer(message);
    if (data[0] === STDIN && open) process.writeStdin(data.subarray(1));
    if (data[0] === CLOSE && data[1] === STDIN) close();
  });
  // The end of the connection ends the input, not the process.
  socket.once('close', close);
};

/** Runs the command; the process outlives a connection that breaks. */
export const runExec = async (socket: WebSocket, target: StreamTarget): Promise<void> => {
  const { api, query, protocol } = target;
  const command = query.getAll('command');
  const tty = isTrue(query.get('tty'));
  const stdin = isTrue(query.get('stdin'));
  // The API server opens the output with an empty frame.
  sendChannel(socket, STDOUT, Buffer.alloc(0));
  let process: ExecProcess;
  try {
    process = api.kubelet.exec(referenceOf(target), command, { stdin, tty });
  } catch (error) {
    sendEnd(socket, startFailure(error instanceof Error ? error.message : String(error)));
    return;
  }
  if (stdin) forwardStdin(socket, process);
  else process.closeStdin();
  const outputs = [pump(socket, STDOUT, process.stdout), pump(socket, tty ? STDOUT : STDERR, process.stderr)];
  const { code, message } = await process.exit;
  await Promise.all(outputs);
  sendEnd(socket, code === undefined ? startFailure(message ?? '') : exitStatus(protocol, command, code));
};

/**
 * Attach shows the container's output from its beginning, by following its log: stdout and stderr come as one, and
 * what the client types goes nowhere.
 */
export const runAttach = async (socket: WebSocket, target: StreamTarget): Promise<void> => {
  const aborted = new AbortController();
  socket.once('close', () => aborted.abort());
  sendChannel(socket, STDOUT, Buffer.alloc(0));
  const log = target.api.kubelet.log(referenceOf(target), { follow: true, signal: aborted.signal });
  await pump(socket, STDOUT, log ?? (async function* none() {})());
  sendEnd(socket, SUCCESS);
};
