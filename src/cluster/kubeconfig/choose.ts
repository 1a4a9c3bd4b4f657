/** Which cluster, user and namespace: the context's, unless kubectl's flags name others. */
import { UserError } from '../../errors.ts';
import type { ConnectionFlags } from '../../model/options.ts';
import type { Entry, Kubeconfig } from './schema.ts';

export interface Chosen {
  readonly context: string | undefined;
  readonly namespace: string;
  /** undefined: --server alone says where. */
  readonly clusterName: string | undefined;
  readonly cluster: Entry;
  readonly user: Entry;
}

type Kind = 'context' | 'cluster' | 'user';

const named = <T extends { readonly name: string }>(
  kind: Kind,
  list: readonly T[] | null | undefined,
  name: string,
): T => {
  const found = list?.find((item) => item.name === name);
  if (found !== undefined) return found;
  const known = (list ?? []).map((item) => item.name);
  throw new UserError({
    code: `no-such-${kind}`,
    message: `the kubeconfig has no ${kind} named "${name}"`,
    reason: known.length === 0 ? `it has no ${kind}s at all` : `it has: ${known.join(', ')}`,
    next: [kind === 'context' ? 'kubectl config get-contexts' : 'kubectl config view'],
  });
};

/** @throws UserError when what is named is not there, or nothing is. */
export const choose = (config: Kubeconfig, flags: ConnectionFlags): Chosen => {
  const contextName = flags.context ?? (config['current-context'] || undefined);
  const context =
    contextName === undefined ? undefined : named('context', config.contexts, contextName).context;
  const clusterName = flags.cluster ?? (context?.cluster || undefined);
  const userName = flags.user ?? (context?.user || undefined);
  if (clusterName === undefined && flags.server === undefined)
    throw new UserError({
      code: 'no-current-context',
      message: 'the kubeconfig does not say which cluster to use',
      reason: 'it has no current-context, and no --context was given',
      next: ['kubectl config get-contexts', 'kubectl config use-context NAME'],
    });
  return {
    context: contextName,
    namespace: context?.namespace || 'default',
    clusterName,
    cluster:
      (clusterName === undefined ? undefined : named('cluster', config.clusters, clusterName).cluster) ?? {},
    user: (userName === undefined ? undefined : named('user', config.users, userName).user) ?? {},
  };
};
