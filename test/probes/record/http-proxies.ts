/** HTTP proxies of the recorded world: one that works, the others fail in one way each. */
import { connect, type Socket } from 'node:net';
import { HOST } from './dns-server.ts';
import { squid } from './http-answers.ts';
import { answer, onRequest } from './http-listen.ts';

const tunnel = (socket: Socket, port: number): void => {
  const upstream = connect(port, HOST, () => {
    socket.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy.example.com (squid/5.7)\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.end(squid('503 Service Unavailable', 'ERR_CONNECT_FAIL 111')));
};

const work = (socket: Socket, request: string): void => {
  const target = /^CONNECT [^ ]+:(\d+) /.exec(request)?.[1];
  if (target !== undefined) tunnel(socket, Number(target));
  else
    socket.end(
      answer('200 OK', { 'X-Cache': 'HIT from proxy', Via: '1.1 proxy.example.com (squid/5.7)' }, 'ok\n'),
    );
};

const asksForPassword = answer(
  '407 Proxy Authentication Required',
  {
    Server: 'squid/5.7',
    'X-Squid-Error': 'ERR_CACHE_ACCESS_DENIED 0',
    'Proxy-Authenticate': 'Basic realm="corporate"',
    Connection: 'close',
  },
  'who are you\n',
);

export const serveProxies = async (): Promise<void> => {
  await onRequest(3128, work);
  await onRequest(3129, (socket) => void socket.end(asksForPassword));
  await onRequest(3130, (socket) => void socket.end(squid('503 Service Unavailable', 'ERR_DNS_FAIL 0')));
  await onRequest(3131, () => undefined);
  await onRequest(3132, (socket) => void socket.end());
  await onRequest(3133, (socket) => void socket.resetAndDestroy());
  await onRequest(3134, (socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
};
