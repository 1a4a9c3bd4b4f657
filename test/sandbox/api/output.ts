/** All bytes of answers leave through here, so that a fault can cut them short. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const limits = new WeakMap<object, number>();

const close = (response: ServerResponse): void => {
  response.socket?.destroy();
};

/** The connection is closed once this many more bytes of the body were sent. */
export const cutAfter = (output: ServerResponse, bytes: number): void => {
  limits.set(output, bytes);
  if (bytes <= 0) setImmediate(() => close(output));
};

/** Sends a piece of the body. Returns false when the client reads more slowly than we write. */
export const writeBody = (response: ServerResponse, piece: string | Uint8Array): boolean => {
  const limit = limits.get(response);
  if (limit === undefined) return response.write(piece);
  const bytes = Buffer.from(piece);
  limits.set(response, limit - bytes.length);
  if (bytes.length < limit) return response.write(bytes);
  // What comes after the limit is dropped; the connection closes once all before it has left.
  if (limit > 0) response.write(bytes.subarray(0, limit), () => close(response));
  return true;
};

/** Ends the answer, unless it was cut. */
export const endBody = (response: ServerResponse, piece: string | Uint8Array = ''): void => {
  if (!limits.has(response)) {
    response.end(piece);
    return;
  }
  if (piece.length > 0) writeBody(response, piece);
  if ((limits.get(response) ?? 1) > 0) response.end();
};

/** The same for a connection that became a WebSocket: frames are let through until the limit, then it closes. */
export const cutSocket = (socket: Duplex, bytes: number): void => {
  let left = bytes;
  const write = socket.write.bind(socket);
  Object.defineProperty(socket, 'write', {
    value: (piece: string | Uint8Array, ...rest: readonly never[]): boolean => {
      const data = Buffer.from(piece);
      if (left <= 0) return false;
      const part = data.subarray(0, left);
      left -= data.length;
      if (left > 0) return write(data, ...rest);
      return write(part, () => socket.destroy());
    },
  });
};
