/** TLS servers of the recorded world, beyond those of servers.ts: versions, chains, HTTP/2, and what fails after the handshake. */
import { createSecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import selfsigned from 'selfsigned';
import { answer, type Certificate, onTlsRequest } from './http-listen.ts';

const OK = answer('200 OK', { connection: 'close' }, 'ok\n');

const authorityNamed = (name: string): Promise<Certificate> =>
  selfsigned.generate(
    [
      { name: 'countryName', value: 'DE' },
      { name: 'organizationName', value: 'Recorded; World' },
      { name: 'commonName', value: name },
    ],
    {
      algorithm: 'sha256',
      keySize: 2048,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );

/** The chain as a server sends it: its own certificate, then the authority's. */
const signedBy = async (authority: Certificate): Promise<Certificate> => {
  const own = await selfsigned.generate([{ name: 'commonName', value: 'www.example.com' }], {
    algorithm: 'sha256',
    keySize: 2048,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'www.example.com' },
          { type: 2, value: '*.shop.example.com' },
          { type: 6, value: 'spiffe://cluster.local/ns/shop/sa/web' },
          ...Array.from(
            { length: 120 },
            (_, index) => ({ type: 2, value: `n${index}.example.com` }) as const,
          ),
        ],
      },
    ],
  });
  return { private: own.private, cert: `${own.cert.trim()}\n${authority.cert}` };
};

const serveHttp2 = (port: number, { private: key, cert }: Certificate, status: number): Promise<void> =>
  new Promise((resolve) =>
    createSecureServer({ key, cert })
      .on('stream', (stream) => {
        stream.on('error', () => undefined);
        stream.respond({ ':status': status, server: 'envoy', 'x-envoy-upstream-service-time': '3' });
        stream.end(status === 200 ? 'not to be kept' : 'no healthy upstream');
      })
      .listen(port, '::', resolve),
  );

/** Resets the connection once the first request is in. */
const serveReset = (port: number, { private: key, cert }: Certificate): Promise<void> =>
  new Promise((resolve) => {
    let below: Socket | undefined;
    createTlsServer({ key, cert }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => void below?.resetAndDestroy());
    })
      .on('connection', (socket) => {
        below = socket;
      })
      .listen(port, '::', resolve);
  });

/** Returns the certificates that may be trusted. */
export const serveMoreTls = async (good: Certificate): Promise<readonly string[]> => {
  const trusted = await authorityNamed('Trusted Authority');
  const unknown = await authorityNamed('Unknown Authority');
  const respond = (socket: { end: (bytes: Buffer) => unknown }): void => void socket.end(OK);
  await onTlsRequest(7446, good, respond, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
  await onTlsRequest(7447, good, respond, { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' });
  await serveHttp2(7448, good, 200);
  await serveHttp2(7449, good, 503);
  await onTlsRequest(7450, await signedBy(trusted), respond);
  await onTlsRequest(7451, await signedBy(unknown), respond);
  await onTlsRequest(7452, good, (socket) => void socket.end());
  await onTlsRequest(7453, good, () => undefined);
  await serveReset(7454, good);
  return [trusted.cert];
};
