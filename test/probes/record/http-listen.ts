/** Servers of a few lines, for the recorded world. They listen on both families. */
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface Certificate {
  readonly private: string;
  /** PEM; what else the server sends of its chain may follow. */
  readonly cert: string;
}

type Act = (socket: Socket, request: string) => void;

/** `act` runs once the first bytes of a request are in. */
export const onRequest = (port: number, act: Act): Promise<void> =>
  new Promise((resolve) =>
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => act(socket, data.toString('latin1')));
    }).listen(port, '::', resolve),
  );

export const onTlsRequest = (
  port: number,
  { private: key, cert }: Certificate,
  act: Act,
  options: TlsOptions = {},
): Promise<void> =>
  new Promise((resolve) =>
    createTlsServer({ key, cert, ...options }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => act(socket, data.toString('latin1')));
    })
      .on('tlsClientError', () => undefined)
      .listen(port, '::', resolve),
  );

/** An answer as it goes over the wire, with its length. */
export const answer = (
  status: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        `HTTP/1.1 ${status}`,
        ...Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(
          ([name, value]) => `${name}: ${value}`,
        ),
        '\r\n',
      ].join('\r\n'),
    ),
    Buffer.from(body),
  ]);
