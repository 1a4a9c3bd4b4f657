/** Cluster and user entries → what requests carry: an agent that speaks TLS as that user, and headers. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { errorMessage, errorName, UserError } from '../../errors.ts';
import { fileErrorReason } from '../../file-error.ts';
import { type Entry, textOf } from './schema.ts';
import { type Validity, validityOf } from './validity.ts';

interface Options {
  headers: Record<string, string>;
  agent?: http.Agent | https.Agent;
}

export interface Credentials {
  readonly agent: http.Agent | https.Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly validity: Validity | undefined;
}

const unusable = (reason: string, cause?: unknown): UserError =>
  new UserError({
    code: 'credentials-unusable',
    message: 'the credentials for the API server cannot be used',
    reason,
    next: ['kubectl config view --minify', 'kubectl auth whoami'],
    cause,
  });

/** What client-node does well: identity providers that renew a login themselves (OIDC), and SOCKS. */
const withClientNode = async (cluster: Entry, user: Entry): Promise<Options> => {
  // Loaded here: certificates and tokens need none of it, and it is the larger part of a run's start.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  const options: Options = { headers: {} };
  const name = 'netcheck';
  config.loadFromString(
    JSON.stringify({
      'current-context': name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster }],
      users: [{ name, user }],
    }),
  );
  await config.applyToHTTPSOptions(options);
  return options;
};

/** A key's own data, or the file that it names; the data win, as in kubectl. */
const material = (entry: Entry, key: string): Buffer | undefined => {
  const data = textOf(entry, `${key}-data`);
  if (data !== undefined) return Buffer.from(data, 'base64');
  const file = textOf(entry, key);
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw unusable(`${key} ${file}: ${fileErrorReason(error) ?? errorMessage(error)}`, error);
  }
};

const authorization = (user: Entry): Record<string, string> => {
  const token = textOf(user, 'token');
  if (token !== undefined) return { Authorization: `Bearer ${token}` };
  const username = textOf(user, 'username');
  if (username === undefined) return {};
  const pair = `${username}:${textOf(user, 'password') ?? ''}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** `socks5` leaves names to the proxy, as in Go; to client-node that is `socks5h`. */
const proxyOf = (cluster: Entry): URL | undefined => {
  const text = textOf(cluster, 'proxy-url');
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  // The address may hold a password, so it is not shown.
  if (url === null || !/^(https?|socks5h?):$/.test(url.protocol))
    throw unusable('the address of the proxy is no URL of http, https or socks5 (proxy-url, or HTTPS_PROXY)');
  return url;
};

const usesSocks = (proxy: URL | undefined): boolean => proxy?.protocol.startsWith('socks') === true;

const make = async (server: string, cluster: Entry, user: Entry): Promise<Options> => {
  const proxy = proxyOf(cluster);
  const isTls = !server.startsWith('http:');
  // Over plain http credentials are nobody's secret any more: like kubectl, none are sent.
  const headers = isTls ? authorization(user) : {};
  if (usesSocks(proxy) || (isTls && user['auth-provider'])) {
    const remote = usesSocks(proxy) ? { 'proxy-url': proxy?.href.replace(/^socks5:/, 'socks5h:') } : {};
    const options = await withClientNode({ ...cluster, ...remote }, isTls ? user : {});
    return { ...options, headers: { ...options.headers, ...headers } };
  }
  if (!isTls && proxy === undefined) return { headers, agent: new http.Agent() };
  const servername = textOf(cluster, 'tls-server-name');
  const ca = material(cluster, 'certificate-authority');
  const tls: https.AgentOptions = isTls
    ? {
        // Read once: an agent that is given certificates and key reads them anew for each connection.
        secureContext: createSecureContext({
          ca,
          cert: material(user, 'client-certificate'),
          key: material(user, 'client-key'),
        }),
        ...(servername === undefined ? {} : { servername }),
        ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
      }
    : {};
  if (proxy === undefined) return { headers, agent: new https.Agent(tls) };
  // Loaded here, as most clusters are reached directly.
  const { proxyAgent } = await import('./proxy-agent.ts');
  return { headers, agent: proxyAgent(isTls, { proxy, ca }, tls) };
};

/** Each connection costs a handshake on both sides; what waits for a free one waits less than that. */
const CONNECTIONS = 4;

/**
 * @param user with what login.ts found out: no login program, no token file.
 * @throws UserError when a file of theirs cannot be read, or an identity provider gives no login.
 */
export const makeCredentials = async (server: string, cluster: Entry, user: Entry): Promise<Credentials> => {
  let options: Options;
  try {
    options = await make(server, cluster, user);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // JSON.parse quotes what it was given: of a login program that is a token.
    if (errorName(error) === 'SyntaxError')
      throw unusable('what the login program printed is not JSON', error);
    throw unusable(fileErrorReason(error) ?? errorMessage(error), error);
  }
  const { agent, headers } = options;
  if (agent === undefined) throw new Error('client-node made no agent');
  // client-node's agents open a TLS connection for each request. Behind a proxy nothing queues for a free one: where connecting
  // takes its time and fails, Node forgets who waits.
  const maxSockets = proxyOf(cluster) === undefined ? CONNECTIONS : Number.POSITIVE_INFINITY;
  Object.assign(agent, { keepAlive: true, maxSockets });
  const bearer = headers.Authorization?.replace(/^Bearer /, '');
  return { agent, headers, validity: validityOf(bearer, material(user, 'client-certificate')) };
};
