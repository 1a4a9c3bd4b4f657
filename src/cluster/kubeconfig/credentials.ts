/** Cluster and user entries → what requests carry: an agent that speaks TLS as that user, and headers. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { errorMessage, errorName, UserError } from '../../errors.ts';
import { fileErrorReason } from '../../file-error.ts';
import { type Entry, textOf } from './schema.ts';

interface Options {
  headers: Record<string, string>;
  agent?: http.Agent | https.Agent;
  auth?: string;
}

export interface Credentials {
  readonly agent: http.Agent | https.Agent;
  readonly headers: Readonly<Record<string, string>>;
}

const unusable = (reason: string, cause: unknown): UserError =>
  new UserError({
    code: 'credentials-unusable',
    message: 'the credentials for the API server cannot be used',
    reason,
    next: ['kubectl config view --minify', 'kubectl auth whoami'],
    cause,
  });

/** Logins that another program or an identity provider gives, files and proxies of theirs: client-node's work. */
const needsClientNode = (cluster: Entry, user: Entry): boolean =>
  Boolean(user.exec || user['auth-provider'] || user.username || cluster['proxy-url']);

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

/** A key's own data, or the file that it names; the file wins, as in client-node. */
const material = (entry: Entry, key: string): Buffer | undefined => {
  const file = textOf(entry, key);
  if (file === undefined) {
    const data = textOf(entry, `${key}-data`);
    return data === undefined ? undefined : Buffer.from(data, 'base64');
  }
  try {
    return readFileSync(file);
  } catch (error) {
    throw unusable(`${key} ${file}: ${fileErrorReason(error) ?? errorMessage(error)}`, error);
  }
};

const plain = (server: string, cluster: Entry, user: Entry): Options => {
  const token = textOf(user, 'token');
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  if (server.startsWith('http:')) return { headers, agent: new http.Agent() };
  const servername = textOf(cluster, 'tls-server-name');
  const agent = new https.Agent({
    // Read once: an agent that is given certificates and key reads them anew for each connection.
    secureContext: createSecureContext({
      ca: material(cluster, 'certificate-authority'),
      cert: material(user, 'client-certificate'),
      key: material(user, 'client-key'),
    }),
    ...(servername === undefined ? {} : { servername }),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
  });
  return { headers, agent };
};

/** Each connection costs a handshake on both sides; what waits for a free one waits less than that. */
const CONNECTIONS = 4;

/** @throws UserError when a file of theirs cannot be read, or a login gives none. */
export const makeCredentials = async (server: string, cluster: Entry, user: Entry): Promise<Credentials> => {
  let options: Options;
  try {
    options = needsClientNode(cluster, user)
      ? await withClientNode(cluster, user)
      : plain(server, cluster, user);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // JSON.parse quotes what it was given: of a login program that is a token.
    if (errorName(error) === 'SyntaxError')
      throw unusable('what the login program printed is not JSON', error);
    throw unusable(fileErrorReason(error) ?? errorMessage(error), error);
  }
  const { agent } = options;
  if (agent === undefined) throw new Error('client-node made no agent');
  // client-node's agents open a TLS connection for each request.
  Object.assign(agent, { keepAlive: true, maxSockets: CONNECTIONS });
  const basic =
    options.auth === undefined
      ? {}
      : { Authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` };
  return { agent, headers: { ...basic, ...options.headers } };
};
