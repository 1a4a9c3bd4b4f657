/** The API server: HTTPS on 127.0.0.1, and the same on a unix socket for what comes from inside the cluster. */
import { rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import type { Kubelet, Store } from '../contract.ts';
import type { IpFamily } from '../families.ts';
import { apiServiceAddress } from './allocation/service.ts';
import type { Api } from './api.ts';
import type { User } from './auth/user.ts';
import { type ApiAddress, bootstrap } from './bootstrap.ts';
import { createCertificateAuthority, type KeyAndCertificate, SERVER_NAMES } from './certificates.ts';
import { createFaults, type Faults } from './faults.ts';
import { handleRequest, handleUpgrade, type Reset } from './handle.ts';
import { createHistory } from './history.ts';
import { type Credentials, kubeconfigText } from './kubeconfig.ts';
import { registerToken } from './tokens.ts';

export interface ApiOptions {
  readonly store: Store;
  readonly kubelet: Kubelet;
  /** On 127.0.0.1; a free one when not given. */
  readonly port?: number;
  /** A unix socket that takes the same TLS connections. */
  readonly socketPath?: string;
  /** Where the Service `default/kubernetes` leads; 10.250.0.1:6443 when not given. */
  readonly address?: ApiAddress;
  /** Of the Service ranges, the default first; IPv4 when not given. */
  readonly ipFamilies?: readonly IpFamily[];
}

export interface ApiServer {
  /** https://127.0.0.1:PORT */
  readonly server: string;
  readonly port: number;
  /** PEM of the private CA. */
  readonly caPem: string;
  /** Client certificate of `kubernetes-admin` in `system:masters`. */
  readonly admin: KeyAndCertificate;
  issueClient(user: string, groups: readonly string[]): KeyAndCertificate;
  /** Registers a user and returns its bearer token. */
  addToken(user: string, groups?: readonly string[]): string;
  /** Text of a kubeconfig for this server. */
  kubeconfig(credentials: Credentials, namespace?: string): string;
  readonly faults: Faults;
  /** Forgets all history: watches and pages from older versions get 410. */
  compact(): void;
  /** Breaks every connection that is open now. */
  dropConnections(): void;
  stop(): Promise<void>;
}

const DEFAULT_ADDRESS: ApiAddress = { ip: '10.250.0.1', port: 6443 };

const listen = (server: Server, where: { port: number; host: string } | { path: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Starts it, with the objects of a new cluster in the store. Rejects when the port or path is taken. */
export const startApi = async (options: ApiOptions): Promise<ApiServer> => {
  const { store, kubelet, ipFamilies = ['IPv4'] } = options;
  const address = options.address ?? DEFAULT_ADDRESS;
  const authority = createCertificateAuthority();
  const serviceAddresses = ipFamilies.map(apiServiceAddress);
  const { key, certificate } = authority.issueServer([...SERVER_NAMES, ...serviceAddresses, address.ip]);
  const tokens = new Map<string, User>();
  const faults = createFaults();
  const api: Api = { store, kubelet, tokens, faults, history: createHistory(store), ipFamilies };
  bootstrap(store, address, ipFamilies);

  const sockets = new Set<Socket>();
  const reset: Reset = ({ socket }) => {
    const raw = [...sockets].find(
      (one) => one.remotePort !== undefined && one.remotePort === socket.remotePort,
    );
    if (raw === undefined) socket.destroy();
    else raw.resetAndDestroy();
  };
  const https = createHttpsServer(
    {
      key,
      cert: certificate,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
      requestTimeout: 0,
      keepAliveTimeout: 120_000,
    },
    (request, response) => handleRequest(api, request, response, reset),
  );
  https.on('upgrade', (request, socket, head) => handleUpgrade(api, request, socket, head, reset));
  https.on('tlsClientError', () => undefined);
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    https.emit('connection', socket);
  };
  const listeners = [createServer(accept)];
  const [tcp] = listeners;
  if (tcp !== undefined) await listen(tcp, { port: options.port ?? 0, host: '127.0.0.1' });
  if (options.socketPath !== undefined) {
    rmSync(options.socketPath, { force: true });
    const unix = createServer(accept);
    listeners.push(unix);
    await listen(unix, { path: options.socketPath });
  }
  const bound = tcp?.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const server = `https://127.0.0.1:${port}`;
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    server,
    port,
    caPem: authority.certificate,
    admin: authority.issueClient('kubernetes-admin', ['system:masters']),
    issueClient: authority.issueClient,
    addToken: (name, groups = []) => registerToken(tokens, { name, groups }),
    kubeconfig: (credentials, namespace) =>
      kubeconfigText({ server, caPem: authority.certificate, credentials, namespace }),
    faults: api.faults,
    compact: api.history.compact,
    dropConnections,
    stop: async () => {
      api.history.stop();
      const done = listeners.map(closed);
      dropConnections();
      await Promise.all(done);
    },
  };
};
