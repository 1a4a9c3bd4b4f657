/**
 * An agent that reaches the API server through an HTTP proxy, by CONNECT. client-node's own (hpagent) can do neither IPv6 addresses nor
 * a proxy at its scheme's usual port, and tells no refusal from another.
 */
import http from 'node:http';
import https from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rootCertificates } from 'node:tls';

/** The proxy answered CONNECT, and it was no. `code` is `PROXY_407` and the like. */
export class ProxyRefused extends Error {
  readonly code: string;
  constructor(status: number) {
    super(`the proxy answered CONNECT with ${status}`);
    this.name = 'ProxyRefused';
    this.code = `PROXY_${status}`;
  }
}

/** Something failed on the way to the proxy, and not behind it. `cause` says what. */
export class ProxyUnreachable extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'ProxyUnreachable';
  }
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
const authority = (host: string, port: string | number): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${port}`;

const credentialsOf = ({ username, password }: URL): Readonly<Record<string, string>> => {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
};

export interface ProxyOptions {
  readonly proxy: URL;
  /** Trusted for a proxy that speaks TLS itself, beside the usual authorities. */
  readonly ca: Buffer | undefined;
}

type Done = (error: Error | null, socket?: Socket) => void;

/** Longer than any request may take: one that has given up cannot end what it waited for. */
const SILENCE_MS = 30_000;

/** Asks the proxy for a connection to `host`. */
const tunnel = ({ proxy, ca }: ProxyOptions, host: string, port: number, done: Done): void => {
  const to = authority(host, port);
  const isTls = proxy.protocol === 'https:';
  const request = (isTls ? https : http).request({
    method: 'CONNECT',
    host: bare(proxy.hostname),
    port: proxy.port || (isTls ? 443 : 80),
    path: to,
    setHost: false,
    headers: { host: to, ...credentialsOf(proxy) },
    agent: false,
    // kubectl trusts only the cluster's authority there; a proxy of the company's is as good.
    ...(isTls && ca !== undefined ? { ca: [ca.toString(), ...rootCertificates] } : {}),
  });
  let told = false;
  const tell: Done = (error, socket) => {
    if (!told) done(error, socket);
    told = true;
  };
  request.setTimeout(SILENCE_MS, () =>
    request.destroy(Object.assign(new Error('it said nothing'), { code: 'ETIMEDOUT' })),
  );
  request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
    socket.setTimeout(0);
    if (statusCode >= 200 && statusCode < 300) return tell(null, socket);
    socket.destroy();
    tell(new ProxyRefused(statusCode));
  });
  request.on('error', (error) => tell(new ProxyUnreachable(error)));
  request.end();
};

/** For a plain server, too: a tunnel carries whatever is spoken in it. */
export const proxyAgent = (
  isTls: boolean,
  options: ProxyOptions,
  tls: https.AgentOptions,
): http.Agent | https.Agent => {
  const agent = isTls ? new https.Agent(tls) : new http.Agent();
  const direct = agent.createConnection.bind(agent);
  const createConnection = (
    wanted: https.RequestOptions,
    callback: (error: Error | null, stream?: Duplex | null) => void,
  ): undefined => {
    tunnel(options, bare(wanted.host ?? ''), Number(wanted.port), (error, socket) => {
      if (socket === undefined) callback(error);
      else callback(null, isTls ? direct({ ...wanted, ...{ socket } }) : socket);
    });
  };
  return Object.assign(agent, { createConnection });
};
