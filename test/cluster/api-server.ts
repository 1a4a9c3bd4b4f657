/** A TLS server in the API server's place, and what a run would tell of it. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { createClient } from '../../src/cluster/client.ts';
import { throwIfNoCluster } from '../../src/cluster/failure.ts';
import type { Connection } from '../../src/cluster/kubeconfig/index.ts';
import { createCertificateAuthority, type KeyAndCertificate } from '../sandbox/api/certificates.ts';

export const authority = createCertificateAuthority();
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const MINUTE = 60_000;
/** A period that begins and ends so many minutes from now. */
export const period = (from: number, to: number) => ({
  from: new Date(Date.now() + from * MINUTE),
  to: new Date(Date.now() + to * MINUTE),
});

export interface ApiServer {
  readonly url: string;
  readonly port: number;
  readonly seen: IncomingMessage[];
  readonly stop: () => void;
}

const answerOk = (_request: IncomingMessage, response: ServerResponse): void => void response.end('{}');

export const startApiServer = async (
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void = answerOk,
  { key, certificate }: KeyAndCertificate = authority.issueServer(['127.0.0.1', 'localhost']),
  options: ServerOptions = {},
): Promise<ApiServer> => {
  const seen: IncomingMessage[] = [];
  const server = createServer({ key, cert: certificate, ...options }, (request, response) => {
    seen.push(request);
    answer(request, response, seen.length);
  });
  // A handshake that fails is what some tests are for.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    seen,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** JSON is YAML. `cluster` and `user` as in a kubeconfig. */
export const kubeconfigOf = (
  cluster: Readonly<Record<string, unknown>>,
  user: Readonly<Record<string, unknown>>,
): string =>
  JSON.stringify({
    'current-context': 'prod',
    contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
    clusters: [
      { name: 'c', cluster: { 'certificate-authority-data': base64(authority.certificate), ...cluster } },
    ],
    users: [{ name: 'u', user }],
  });

/** Sends one request as a run does: its answer, or the error that is told. */
export const ask = async (connection: Connection, signal = AbortSignal.timeout(60_000)) => {
  const { endpoint, namespace, context } = connection;
  const client = createClient(endpoint, { namespace, context, requestTimeoutMs: 20_000 }, signal);
  try {
    return await throwIfNoCluster(client, () => client.request({ method: 'GET', path: '/x' }));
  } finally {
    client.close();
  }
};
