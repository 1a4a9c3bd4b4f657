/**
 * Reads the kubeconfig as kubectl reads it. Several files are merged by kubectl itself: client-node takes the last
 * current-context where kubectl takes the first, and so would probe the wrong cluster.
 */
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { errorMessage, UserError } from '../errors.ts';
import type { ConnectionFlags } from '../model/options.ts';
import type { Endpoint } from './http.ts';
import { proxyFor } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const text = z.string().nullish();
const kubeconfigSchema = z.looseObject({
  'current-context': text,
  contexts: z
    .array(
      z.object({
        name: z.string(),
        context: z.object({ cluster: text, user: text, namespace: text }).nullish(),
      }),
    )
    .nullish(),
  clusters: z
    .array(z.looseObject({ name: z.string(), cluster: z.looseObject({ server: text }).nullish() }))
    .nullish(),
  users: z
    .array(
      z.looseObject({
        name: z.string(),
        user: z
          .looseObject({
            as: text,
            'as-uid': text,
            'as-groups': z.array(z.string()).nullish(),
            tokenFile: text,
          })
          .nullish(),
      }),
    )
    .nullish(),
});
type RawKubeconfig = z.infer<typeof kubeconfigSchema>;

export interface Connection {
  readonly endpoint: Endpoint;
  readonly namespace: string;
  readonly context: string | undefined;
}

const unreadable = (file: string, reason: string, cause?: unknown): UserError =>
  new UserError({
    code: 'kubeconfig-unreadable',
    message: `cannot read the kubeconfig ${file}`,
    reason,
    next: ['kubectl config view', 'kubectl netcheck POD --kubeconfig FILE'],
    cause,
  });

const parseFile = (file: string, content: string): RawKubeconfig => {
  let value: unknown;
  try {
    value = parse(content);
  } catch (error) {
    throw unreadable(file, 'it is not YAML', error);
  }
  const result = kubeconfigSchema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(file, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not a kubeconfig'}`);
};

const reasonOf = (error: unknown): string => errorMessage(error).replace(/^E[A-Z]+: /, '');

const readOne = (file: string): RawKubeconfig => {
  try {
    return parseFile(file, readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, reasonOf(error), error);
  }
};

/** kubectl's own merge. `KUBECTL_PATH` is set by kubectl when it runs a plugin. */
const mergedByKubectl = async (env: Environment): Promise<RawKubeconfig> => {
  // Loaded here, as most runs read one file and need no other program.
  const { execa } = await import('execa');
  const kubectl = env.KUBECTL_PATH ?? 'kubectl';
  const result = await execa(kubectl, ['config', 'view', '--raw', '--flatten', '-o', 'json'], {
    env: { ...env, KUBECONFIG: env.KUBECONFIG },
    extendEnv: false,
    reject: false,
    timeout: 10_000,
  });
  if (result.failed)
    throw unreadable(
      String(env.KUBECONFIG),
      result.stderr === undefined || result.stderr === ''
        ? 'KUBECONFIG names several files, and kubectl, which merges them, could not be run'
        : result.stderr,
    );
  return parseFile('(merged by kubectl)', result.stdout);
};

/** Where a pod finds its own cluster; kubectl falls back to it too. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

const inCluster = (env: Environment): RawKubeconfig | undefined => {
  const host = env.KUBERNETES_SERVICE_HOST;
  if (host === undefined || !existsSync(`${SERVICE_ACCOUNT}/token`)) return undefined;
  const authority = host.includes(':') ? `[${host}]` : host;
  return {
    'current-context': 'in-cluster',
    contexts: [
      {
        name: 'in-cluster',
        context: {
          cluster: 'in-cluster',
          user: 'in-cluster',
          namespace: readFileSync(`${SERVICE_ACCOUNT}/namespace`, 'utf8').trim(),
        },
      },
    ],
    clusters: [
      {
        name: 'in-cluster',
        cluster: {
          server: `https://${authority}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
          'certificate-authority': `${SERVICE_ACCOUNT}/ca.crt`,
        },
      },
    ],
    users: [{ name: 'in-cluster', user: { tokenFile: `${SERVICE_ACCOUNT}/token` } }],
  };
};

const read = async (
  flags: ConnectionFlags,
  env: Environment,
): Promise<{ raw: RawKubeconfig; folder: string }> => {
  if (flags.kubeconfig !== undefined)
    return { raw: readOne(flags.kubeconfig), folder: dirname(flags.kubeconfig) };
  const files = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (files.length > 1) return { raw: await mergedByKubectl(env), folder: '.' };
  const file = files[0] ?? join(env.HOME ?? homedir(), '.kube', 'config');
  if (existsSync(file)) return { raw: readOne(file), folder: dirname(file) };
  const own = inCluster(env);
  if (own !== undefined) return { raw: own, folder: '/' };
  if (flags.server !== undefined) return { raw: {}, folder: '.' };
  throw new UserError({
    code: 'no-kubeconfig',
    message: 'no kubeconfig, so no cluster to ask',
    reason: `${file} does not exist${files.length === 0 ? ', and KUBECONFIG is not set' : ''}`,
    next: ['kubectl config view', 'kubectl netcheck POD --kubeconfig FILE'],
  });
};

const missing = (kind: 'context' | 'cluster' | 'user', name: string, known: readonly string[]): UserError =>
  new UserError({
    code: `no-such-${kind}`,
    message: `the kubeconfig has no ${kind} named "${name}"`,
    reason: known.length === 0 ? `it has no ${kind}s at all` : `it has: ${known.join(', ')}`,
    next: [kind === 'context' ? 'kubectl config get-contexts' : 'kubectl config view'],
  });

const named = <T extends { readonly name: string }>(
  kind: 'context' | 'cluster' | 'user',
  list: readonly T[] | null | undefined,
  name: string,
): T => {
  const found = list?.find((item) => item.name === name);
  if (found === undefined)
    throw missing(
      kind,
      name,
      (list ?? []).map((item) => item.name),
    );
  return found;
};

/** Works out where to connect, as whom, and in which namespace, from kubectl's flags, files and environment. */
export const loadConnection = async (flags: ConnectionFlags, env: Environment): Promise<Connection> => {
  const { raw, folder } = await read(flags, env);
  const inFolder = (file: string | null | undefined): string | undefined =>
    file === null || file === undefined || file === ''
      ? undefined
      : isAbsolute(file)
        ? file
        : join(folder, file);
  const contextName = flags.context ?? (raw['current-context'] || undefined);
  const context = contextName === undefined ? undefined : named('context', raw.contexts, contextName).context;
  const clusterName = flags.cluster ?? (context?.cluster || undefined);
  const userName = flags.user ?? (context?.user || undefined);
  if (clusterName === undefined && flags.server === undefined)
    throw new UserError({
      code: 'no-current-context',
      message: 'the kubeconfig does not say which cluster to use',
      reason: 'it has no current-context, and no --context was given',
      next: ['kubectl config get-contexts', 'kubectl config use-context NAME'],
    });
  const cluster: Record<string, unknown> =
    clusterName === undefined ? {} : { ...named('cluster', raw.clusters, clusterName).cluster };
  const user: Record<string, unknown> =
    userName === undefined ? {} : { ...named('user', raw.users, userName).user };

  const overrideFile = (entry: Record<string, unknown>, key: string, value: string | undefined) => {
    if (value !== undefined) delete entry[`${key}-data`];
    const file = value ?? inFolder(typeof entry[key] === 'string' ? entry[key] : undefined);
    if (file !== undefined) entry[key] = file;
  };
  overrideFile(cluster, 'certificate-authority', flags.certificateAuthority);
  overrideFile(user, 'client-certificate', flags.clientCertificate);
  overrideFile(user, 'client-key', flags.clientKey);
  if (flags.server !== undefined) cluster.server = flags.server;
  if (flags.insecureSkipTlsVerify === true) {
    cluster['insecure-skip-tls-verify'] = true;
    delete cluster['certificate-authority'];
    delete cluster['certificate-authority-data'];
  }
  if (flags.tlsServerName !== undefined) cluster['tls-server-name'] = flags.tlsServerName;
  if (flags.token !== undefined) user.token = flags.token;
  // client-node reads `token-file`, kubectl's key is `tokenFile`.
  const tokenFile = inFolder(typeof user.tokenFile === 'string' ? user.tokenFile : undefined);
  if (flags.token === undefined && tokenFile !== undefined) user.token = readToken(tokenFile);

  const server = typeof cluster.server === 'string' ? serverUrl(cluster.server) : undefined;
  if (server === undefined)
    throw unreadable(flags.kubeconfig ?? 'in use', `cluster ${clusterName ?? ''} has no server`);
  cluster.server = server;
  // client-node refuses plain http without this; TLS plays no part there.
  if (server.startsWith('http:')) cluster['insecure-skip-tls-verify'] = true;
  cluster['proxy-url'] = cluster['proxy-url'] || proxyFor(server, env);

  return {
    endpoint: await credentials(server, cluster, user, impersonation(flags, user)),
    namespace: context?.namespace || 'default',
    context: contextName,
  };
};

const readToken = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw unreadable(file, reasonOf(error), error);
  }
};

const serverUrl = (server: string): string => {
  // kubectl takes a server without scheme as plain http on localhost and https elsewhere; only the explicit forms are safe to guess.
  const withScheme = /^https?:\/\//.test(server) ? server : `https://${server}`;
  if (!URL.canParse(withScheme)) throw unreadable('in use', `its server "${server}" is not a URL`);
  return withScheme.replace(/\/$/, '');
};

const impersonation = (
  flags: ConnectionFlags,
  user: Record<string, unknown>,
): Record<string, string | string[]> => {
  const as = flags.as ?? (typeof user.as === 'string' && user.as !== '' ? user.as : undefined);
  const uid =
    flags.asUid ?? (typeof user['as-uid'] === 'string' && user['as-uid'] !== '' ? user['as-uid'] : undefined);
  const configured = Array.isArray(user['as-groups'])
    ? user['as-groups'].filter((g) => typeof g === 'string')
    : [];
  const groups = flags.asGroups.length > 0 ? [...flags.asGroups] : configured;
  delete user.as;
  return {
    ...(as === undefined ? {} : { 'Impersonate-User': as }),
    ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
  };
};

interface Options {
  headers: Record<string, string>;
  agent?: http.Agent | https.Agent;
  auth?: string;
}

/** Logins that another program or an identity provider gives, files and proxies of theirs: client-node's work. */
const needsClientNode = (cluster: Record<string, unknown>, user: Record<string, unknown>): boolean =>
  Boolean(user.exec || user['auth-provider'] || user.username || cluster['proxy-url']);

const withClientNode = async (
  cluster: Record<string, unknown>,
  user: Record<string, unknown>,
): Promise<Options> => {
  // Loaded here: certificates and tokens need none of it, and it is the larger part of a run's start.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  const options: Options = { headers: {} };
  config.loadFromString(
    JSON.stringify({
      'current-context': 'netcheck',
      contexts: [{ name: 'netcheck', context: { cluster: 'netcheck', user: 'netcheck' } }],
      clusters: [{ name: 'netcheck', cluster }],
      users: [{ name: 'netcheck', user }],
    }),
  );
  await config.applyToHTTPSOptions(options);
  return options;
};

/** A key's own data, or the file that it names; the file wins, as in client-node. Throws the system's error. */
const material = (entry: Record<string, unknown>, key: string): Buffer | undefined => {
  const file = entry[key];
  if (typeof file === 'string' && file !== '') return readFileSync(file);
  const data = entry[`${key}-data`];
  return typeof data === 'string' && data !== '' ? Buffer.from(data, 'base64') : undefined;
};

const plainCredentials = (
  server: string,
  cluster: Record<string, unknown>,
  user: Record<string, unknown>,
): Options => {
  const headers: Record<string, string> =
    typeof user.token === 'string' && user.token !== '' ? { Authorization: `Bearer ${user.token}` } : {};
  if (server.startsWith('http:')) return { headers, agent: new http.Agent() };
  const serverName = cluster['tls-server-name'];
  const agent = new https.Agent({
    ca: material(cluster, 'certificate-authority'),
    cert: material(user, 'client-certificate'),
    key: material(user, 'client-key'),
    ...(typeof serverName === 'string' && serverName !== '' ? { servername: serverName } : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
  });
  return { headers, agent };
};

/** Each connection costs a handshake on both sides; what waits for a free one waits less than that. */
const CONNECTIONS = 4;

const credentials = async (
  server: string,
  cluster: Record<string, unknown>,
  user: Record<string, unknown>,
  impersonate: Record<string, string | string[]>,
): Promise<Endpoint> => {
  let options: Options;
  try {
    options = needsClientNode(cluster, user)
      ? await withClientNode(cluster, user)
      : plainCredentials(server, cluster, user);
  } catch (error) {
    throw new UserError({
      code: 'credentials-unusable',
      message: "the kubeconfig's credentials cannot be used",
      reason: reasonOf(error),
      next: ['kubectl config view --minify', 'kubectl auth whoami'],
      cause: error,
    });
  }
  const { agent } = options;
  if (agent === undefined) throw new Error('client-node made no agent');
  // client-node's agents open a TLS connection for each request.
  Object.assign(agent, { keepAlive: true, maxSockets: CONNECTIONS });
  const basic =
    options.auth === undefined
      ? {}
      : { Authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` };
  return { server, agent, headers: { ...basic, ...options.headers, ...impersonate } };
};
