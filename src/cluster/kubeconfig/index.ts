/** Reads the kubeconfig as kubectl reads it: files, choice of cluster and user, flags, credentials. */
import type { ConnectionFlags } from '../../model/options.ts';
import type { Endpoint } from '../http.ts';
import { choose } from './choose.ts';
import { makeCredentials } from './credentials.ts';
import { type Environment, readKubeconfig } from './files.ts';
import { clusterWithFlags, impersonation, userWithFlags } from './flags.ts';

export interface Connection {
  readonly endpoint: Endpoint;
  readonly namespace: string;
  readonly context: string | undefined;
}

/**
 * Works out where to connect, as whom, and in which namespace, from kubectl's flags, files and environment.
 * @throws UserError
 */
export const loadConnection = async (flags: ConnectionFlags, env: Environment): Promise<Connection> => {
  const { config, folder } = await readKubeconfig(flags, env);
  const chosen = choose(config, flags);
  const cluster = clusterWithFlags(chosen, flags, folder, env);
  const user = userWithFlags(chosen, flags, folder);
  const { server } = cluster;
  const { agent, headers } = await makeCredentials(server, cluster, user);
  return {
    endpoint: { server, agent, headers: { ...headers, ...impersonation(chosen, flags) } },
    namespace: chosen.namespace,
    context: chosen.context,
  };
};
