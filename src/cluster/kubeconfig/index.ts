/** Reads the kubeconfig as kubectl reads it: files, choice of cluster and user, flags, credentials. */
import type { ConnectionFlags } from '../../model/options.ts';
import type { Endpoint } from '../http.ts';
import { choose } from './choose.ts';
import { makeCredentials } from './credentials.ts';
import { type Environment, readKubeconfig } from './files.ts';
import { clusterWithFlags, impersonation, userWithFlags } from './flags.ts';
import { isRenewable, logIn } from './login.ts';
import { textOf } from './schema.ts';

export interface Connection {
  readonly endpoint: Endpoint;
  readonly namespace: string;
  readonly context: string | undefined;
}

/** Without what goes before the host: it may hold a password. */
const proxyHost = (proxy: string | undefined): string | undefined =>
  proxy === undefined ? undefined : URL.parse(proxy)?.host;

/** An identity provider (OIDC) is asked by client-node, which knows no deadline: it is no longer waited for then. */
const orAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  return Promise.race([work, aborted]);
};

/**
 * Works out where to connect, as whom, and in which namespace, from kubectl's flags, files and environment.
 * @param signal ends a login program that does not end by itself.
 * @throws UserError; the signal's reason when that fires.
 */
export const loadConnection = async (
  flags: ConnectionFlags,
  env: Environment,
  signal: AbortSignal = new AbortController().signal,
): Promise<Connection> => {
  const { config, folder } = await readKubeconfig(flags, env, signal);
  const chosen = choose(config, flags);
  const cluster = clusterWithFlags(chosen, flags, folder, env);
  const user = userWithFlags(chosen, flags, folder);
  const { server } = cluster;
  // Plain http carries no credentials, so nobody is asked for any.
  const isTls = !server.startsWith('http:');
  const proxy = proxyHost(textOf(cluster, 'proxy-url'));
  const connect = async (until: AbortSignal): Promise<Endpoint> => {
    // A login program is told of the kubeconfig's proxy only: the environment it has itself.
    const told = { ...cluster, 'proxy-url': chosen.cluster['proxy-url'] };
    const login = isTls ? await logIn(user, told, { env, folder, signal: until }) : {};
    const { agent, headers, validity } = await orAborted(makeCredentials(server, cluster, login), until);
    return {
      server,
      agent,
      headers: { ...headers, ...impersonation(chosen, flags) },
      ...(proxy === undefined ? {} : { proxy }),
      ...(validity === undefined ? {} : { validity }),
      ...(isTls && isRenewable(user) ? { renew: connect } : {}),
    };
  };
  return { endpoint: await connect(signal), namespace: chosen.namespace, context: chosen.context };
};
