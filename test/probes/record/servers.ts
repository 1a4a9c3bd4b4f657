/**
 * The servers of the recorded world: each fails in one way. Runs inside the world's network namespace, and writes the
 * certificates that may be trusted into the file that is named.
 */
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import selfsigned from 'selfsigned';
import { HOST, later, serveNameservers } from './dns-server.ts';
import { serveAnswers } from './http-answers.ts';
import { serveProxies } from './http-proxies.ts';
import { serveMoreTls } from './http-tls.ts';
import { serveUdp } from './udp-servers.ts';

const DAY = 24 * 3600 * 1000;

const listenTcp = (port: number, onSocket: (socket: Socket) => void): Promise<void> =>
  new Promise((resolve) =>
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      onSocket(socket);
    }).listen(port, '::', resolve),
  );

const afterRequest = (act: (socket: Socket) => void) => (socket: Socket) =>
  void socket.once('data', () => act(socket));

const serveHttp = (
  port: number,
  status: number,
  headers: Record<string, string> = {},
  delayMs = 0,
): Promise<void> =>
  new Promise((resolve) =>
    createHttpServer((_, response) =>
      later(delayMs, () => response.writeHead(status, headers).end('ok\n')),
    ).listen(port, '::', resolve),
  );

interface Certificate {
  readonly private: string;
  readonly cert: string;
}

const serveTls = (port: number, made: Certificate, options: object = {}): Promise<void> =>
  new Promise((resolve) =>
    createTlsServer({ key: made.private, cert: made.cert, ...options }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n'),
      );
    })
      .on('tlsClientError', () => undefined)
      .listen(port, '::', resolve),
  );

const certificate = (name: string, from: number, until: number): Promise<Certificate> =>
  selfsigned.generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    keySize: 2048,
    notBeforeDate: new Date(Date.now() + from),
    notAfterDate: new Date(Date.now() + until),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip: HOST },
        ],
      },
    ],
  });

const main = async (): Promise<void> => {
  await serveNameservers();
  for (const status of [301, 401, 403, 404, 500, 502, 503, 504])
    await serveHttp(8000 + status, status, status === 301 ? { location: `http://${HOST}/next` } : {});
  await serveHttp(80, 200);
  await serveHttp(8101, 200, {}, 700);
  await serveHttp(8102, 200, {}, 20_000);
  await listenTcp(
    9001,
    afterRequest((socket) => void socket.resetAndDestroy()),
  );
  await listenTcp(
    9002,
    afterRequest((socket) => void socket.end()),
  );
  await listenTcp(9003, () => undefined);
  await listenTcp(
    9004,
    afterRequest((socket) => void socket.end('220 mail.example.com ready\r\n')),
  );
  await listenTcp(
    9005,
    afterRequest((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort')),
  );
  await listenTcp(
    9006,
    afterRequest((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort')),
  );
  await listenTcp(
    9007,
    afterRequest((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n')),
  );
  await listenTcp(
    9008,
    afterRequest(
      (socket) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort'),
    ),
  );
  await listenTcp(9009, (socket) => void socket.resetAndDestroy());
  await listenTcp(9010, (socket) => void socket.end());
  await listenTcp(
    9011,
    afterRequest((socket) => void socket.end('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')),
  );
  const good = await certificate('www.example.com', -DAY, 30 * DAY);
  const expired = await certificate('www.example.com', -30 * DAY, -DAY);
  const early = await certificate('www.example.com', DAY, 30 * DAY);
  const other = await certificate('other.example.com', -DAY, 30 * DAY);
  await serveAnswers();
  await serveUdp([HOST, '2001:db8:5::10']);
  await serveProxies();
  const authorities = await serveMoreTls(good);
  writeFileSync(
    process.argv[2] ?? '/dev/null',
    [...[good, expired, early, other].map(({ cert }) => cert), ...authorities].join('\n'),
  );
  await serveTls(443, good);
  await serveTls(9443, expired);
  await serveTls(9444, early);
  await serveTls(9445, other);
  await serveTls(7443, good, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  await serveTls(7444, good, {
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: 'PSK-AES128-CBC-SHA256:@SECLEVEL=0',
  });
  await serveTls(7445, good, { requestCert: true, rejectUnauthorized: true });
  await listenTcp(6443, () => undefined);
  await listenTcp(
    6444,
    afterRequest((socket) => void socket.resetAndDestroy()),
  );
  await listenTcp(
    6445,
    afterRequest((socket) => void socket.end()),
  );
  process.stdout.write('ready\n');
};

await main();
