/**
 * The application in a pod: one small server, healthy or broken in one way (flags.ts).
 * It tells the kubelet over the IPC channel when it listens; nobody else knows that channel.
 */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { parseFlags } from './flags.ts';
import { certificateFor } from './self-signed.ts';

const flags = parseFlags(process.argv.slice(2));

const answer: RequestListener = (request, response) => {
  setTimeout(() => {
    const text = flags.body ?? `hello from ${request.headers.host ?? ''}\n`;
    const body = `${text}${'.'.repeat(flags.size)}`;
    for (const [name, value] of flags.headers) response.setHeader(name, value);
    if (flags.empty) {
      request.socket.destroy();
    } else if (flags.cut) {
      response.writeHead(flags.status, { 'Content-Length': body.length + 1000 });
      response.write(body, () => request.socket.destroy());
    } else {
      response.writeHead(flags.status, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(body);
    }
  }, flags.delayMs);
};

/** The first byte of a TLS record that opens a connection. */
const HANDSHAKE = 22;
/** What Go's net/http answers to a request that is no TLS. */
const PLAIN_HTTP = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

const server = async (): Promise<Server> => {
  if (flags.silent) return createTcpServer((socket) => socket.on('error', () => undefined).resume());
  if (flags.reset) {
    // After the first byte: a reset sooner can overtake the client's own notice that it is connected.
    return createTcpServer((socket) =>
      socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()),
    );
  }
  if (flags.tcp) return createTcpServer((socket) => socket.on('error', () => undefined).pipe(socket));
  if (!flags.tls) return createHttpServer(answer);
  const { createServer } = await import('node:https');
  const { clientCert: requestCert } = flags;
  const certificate = certificateFor(flags.certName.split(','), flags.days, flags.issuer);
  // With `requestCert` a client has to show a certificate of the server's own authority, which nobody has.
  const secure = createServer({ ...certificate, requestCert, rejectUnauthorized: requestCert }, answer);
  return createTcpServer((socket) =>
    socket
      .on('error', () => undefined)
      .once('data', (chunk) => {
        if (chunk[0] !== HANDSHAKE) return socket.end(PLAIN_HTTP);
        socket.pause();
        socket.unshift(chunk);
        return secure.emit('connection', socket);
      }),
  );
};

const listening = () => process.send?.({ listening: true });

if (flags.exit !== undefined) {
  const code = flags.exit;
  setTimeout(() => process.exit(code), flags.afterMs);
}
// The channel must not keep the process alive or end it: the node decides when a container ends.
process.on('SIGTERM', () => process.exit(0));
if (flags.udp !== '') {
  const { createSocket } = await import('node:dgram');
  const echo = createSocket('udp4');
  echo.on('message', (datagram, from) => flags.silent || echo.send(datagram, from.port, from.address));
  echo.bind(Number(flags.udp.replace(/^.*:/, '')));
}
if (flags.http === 'none') {
  setInterval(() => undefined, 1 << 30);
  listening();
} else {
  const [host = '', port = ''] = flags.http.split(/:(?=\d+$)/);
  const started = await server();
  started.on('error', (error) => {
    process.stderr.write(`panic: listen tcp ${flags.http}: ${error.message}\n`);
    process.exit(2);
  });
  // As in Go, no host is every address of both families.
  const address = flags.bind || host.replace(/^\[|\]$/g, '');
  started.listen({ port: Number(port), ...(address === '' ? {} : { host: address }) }, listening);
}
