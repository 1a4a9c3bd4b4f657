/** kube-proxy: keeps the node's rules in step with Services and EndpointSlices, unless it is stuck. */
import type { Store } from '../contract.ts';
import { NODE_NAME, type Plans } from './addresses.ts';
import type { NodeLink } from './link.ts';
import { proxyRules } from './proxy-rules.ts';
import { isProxyStuck } from './settings.ts';

export interface KubeProxy {
  /** Resolves when the rules are those of the store, or at once when it is stuck. */
  readonly synced: () => Promise<void>;
  readonly stop: () => void;
}

export const startKubeProxy = (
  store: Store,
  node: NodeLink,
  plans: Plans,
  onError: (error: Error) => void,
): KubeProxy => {
  let applied = '';
  let working: Promise<void> | undefined;
  let stale = true;

  const work = async (): Promise<void> => {
    // After this turn of the event loop, so that many writes in a row make one table.
    await new Promise<void>((resolve) => setImmediate(resolve));
    try {
      while (stale) {
        stale = false;
        if (isProxyStuck(store.get('nodes', undefined, NODE_NAME))) return;
        const services = store.list('services');
        const slices = store.list('endpointslices');
        const rules = plans.map((plan) => proxyRules(plan, services, slices)).join('');
        if (rules === applied) continue;
        await node.must(['nft', '-f', '-'], rules);
        applied = rules;
      }
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      // In the same turn as the last look at `stale`: a write in between would be noticed by nobody.
      working = undefined;
    }
  };
  const sync = () => {
    stale = true;
    working ??= work();
  };
  const stop = store.watch(({ resource }) => {
    if (['services', 'endpointslices', 'nodes'].includes(resource)) sync();
  });
  sync();
  return {
    synced: async () => {
      while (working !== undefined) await working;
    },
    stop,
  };
};
