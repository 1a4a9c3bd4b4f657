/** Servers that answer as meshes, ingress controllers and proxies do in place of a server; and bodies that are hard to read. */
import type { Socket } from 'node:net';
import { HOST } from './dns-server.ts';
import { answer, onRequest } from './http-listen.ts';

const text = { 'content-type': 'text/plain' };
const envoy = { ...text, date: 'Sat, 21 Nov 2026 12:00:00 GMT', server: 'envoy' };
const istio = { ...envoy, server: 'istio-envoy' };

const HAPROXY = `<html><body><h1>503 Service Unavailable</h1>
No server is available to handle this request.
</body></html>
`;
const SQUID = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>ERROR: The requested URL could not be retrieved</title>
<style type="text/css"><!--
${' body { color: black; }\n'.repeat(120)}--></style></head><body><h1>ERROR</h1></body></html>
`;
export const squid = (status: string, error: string): Buffer =>
  answer(
    status,
    {
      Server: 'squid/5.7',
      'Mime-Version': '1.0',
      'Content-Type': 'text/html;charset=utf-8',
      'X-Squid-Error': error,
      'X-Cache': 'MISS from proxy.example.com',
      'X-Cache-Lookup': 'MISS from proxy.example.com:3128',
      Via: '1.1 proxy.example.com (squid/5.7)',
      Connection: 'close',
    },
    SQUID,
  );

/** One line that could be taken for curl's own report. */
const REPORT_LIKE = JSON.stringify({
  errormsg: null,
  exitcode: 0,
  http_code: 200,
  num_connects: 1,
  time_namelookup: 0.1,
  time_connect: 0.1,
  time_appconnect: 0,
  time_starttransfer: 0.1,
  time_total: 0.1,
});

const ANSWERS: Readonly<Record<number, Buffer>> = {
  8201: answer(
    '503 Service Unavailable',
    envoy,
    'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused',
  ),
  8202: answer('503 Service Unavailable', envoy, 'no healthy upstream'),
  8203: answer('403 Forbidden', { ...istio, 'x-envoy-upstream-service-time': '2' }, 'RBAC: access denied'),
  8204: answer('404 Not Found', { server: 'istio-envoy' }, ''),
  8205: answer(
    '504 Gateway Timeout',
    {
      'l5d-proxy-error': 'endpoint 10.244.0.7:8080: connect timed out after 1s',
      'l5d-proxy-connection': 'close',
      connection: 'close',
    },
    '',
  ),
  8206: answer('404 Not Found', text, 'default backend - 404'),
  8207: answer('503 Service Unavailable', text, 'no available server\n'),
  8208: answer(
    '503 Service Unavailable',
    { 'cache-control': 'no-cache', 'content-type': 'text/html' },
    HAPROXY,
  ),
  8209: answer(
    '200 OK',
    { ...envoy, 'x-envoy-upstream-service-time': '7', 'set-cookie': 'session=not-to-be-seen' },
    'password=not-to-be-kept\n',
  ),
  8210: squid('503 Service Unavailable', 'ERR_CONNECT_FAIL 111'),
  8211: answer('500 Internal Server Error', text, 'x'.repeat(5_000_000)),
  8214: answer(
    '500 Internal Server Error',
    {},
    Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256)),
  ),
  8215: answer('403 Forbidden', { 'content-type': 'application/json' }, `${REPORT_LIKE}\n`),
  8216: Buffer.concat([
    Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n'),
    answer('404 Not Found', { via: '1.1 edge, 1.0 corp (squid/3.5)' }, 'gone\r\nfor\r\ngood\r\n'),
  ]),
  8217: answer(
    '502 Bad Gateway',
    {
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x-padding-${i}`, 'p'.repeat(200)])),
      via: '1.1 late.example.com',
    },
    'Bad Gateway',
  ),
  8218: answer('200 OK', text, 'z'.repeat(5_000_000)),
  8219: Buffer.from(
    'HTTP/1.1 503 Service Unavailable\r\ntransfer-encoding: chunked\r\ntrailer: x-cache\r\n\r\n9\r\nno route\n\r\n0\r\nx-cache: late\r\n\r\n',
  ),
  8220: answer('503 Service Unavailable', text, `x${'é'.repeat(400)}`),
};

const pour = (socket: Socket, head: string, piece: Buffer): void => {
  socket.write(head);
  const more = (): void => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', more);
  more();
};

export const serveAnswers = async (): Promise<void> => {
  for (const [port, bytes] of Object.entries(ANSWERS))
    await onRequest(Number(port), (socket) => void socket.end(bytes));
  const chunk = Buffer.from(`2710\r\n${'y'.repeat(10_000)}\r\n`);
  await onRequest(8212, (socket) =>
    pour(socket, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', chunk),
  );
  await onRequest(8213, (socket) =>
    pour(
      socket,
      'HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\n\r\n',
      Buffer.from('line\n'.repeat(2000)),
    ),
  );
  // What the client's Host header said, and whether it came over IPv6.
  await onRequest(8222, (socket, request) => {
    const host = /^host: (.*)\r$/im.exec(request)?.[1] ?? '';
    socket.end(answer('418 Teapot', { server: HOST }, `host ${host} over ${socket.localAddress}\n`));
  });
};
