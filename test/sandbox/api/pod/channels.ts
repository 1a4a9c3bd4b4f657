/** The channel protocol of exec and attach over WebSocket: one byte of channel, then data. Recorded in shared/api/exec.jsonl. */
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Loose } from '../json.ts';

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;
const ERROR = 3;
/** v5 only: the byte after it is the channel that the client closes. */
export const CLOSE = 255;
/** Newest first. */
export const PROTOCOLS: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const MAX_FRAME = 32_768;

export const sendChannel = (socket: WebSocket, channel: number, data: Uint8Array): void => {
  for (let at = 0; at < Math.max(1, data.length); at += MAX_FRAME) {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(Buffer.concat([Buffer.from([channel]), data.subarray(at, at + MAX_FRAME)]));
  }
};

/** The final Status, then close code 1000. */
export const sendEnd = (socket: WebSocket, status: Loose): void => {
  sendChannel(socket, ERROR, Buffer.from(JSON.stringify(status)));
  socket.close(1000);
};

export const SUCCESS = { metadata: {}, status: 'Success' };

/** How an exit code is told; the two protocols word it differently. */
export const exitStatus = (protocol: string, command: readonly string[], code: number): Loose => {
  if (code === 0) return SUCCESS;
  const told =
    protocol === 'v4.channel.k8s.io'
      ? `error executing command [${command.join(' ')}], exit code ${code}`
      : `command terminated with exit code ${code}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${told}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
};

/** The command could not be started; `message` is what the runtime says, from `OCI runtime exec failed` on. */
export const startFailure = (message: string): Loose => {
  const id = randomBytes(32).toString('hex');
  const text = message.includes('failed to exec in container')
    ? message
    : `failed to exec in container: failed to start exec "${id}": ${message}`;
  const told = `Internal error occurred: error executing command in container: ${text}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${told}`,
    reason: 'InternalError',
    details: { causes: [{ message: told }] },
    code: 500,
  };
};
