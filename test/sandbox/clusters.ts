/** One cluster of each kind that scenarios need, started when the first of them comes. */
import type { ClusterOptions } from './cluster.ts';
import type { Families } from './families.ts';

export interface Clusters<C> {
  readonly of: (families: Families) => Promise<C>;
  readonly stop: () => Promise<void>;
}

export const createClusters = <C extends { stop(): Promise<void> }>(
  start: (options: ClusterOptions) => Promise<C>,
): Clusters<C> => {
  const started = new Map<string, Promise<C>>();
  return {
    of: (families) => {
      const kind = families.join();
      const known = started.get(kind) ?? start({ families });
      started.set(kind, known);
      return known;
    },
    stop: async () => {
      const all = await Promise.allSettled(started.values());
      started.clear();
      await Promise.all(all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
    },
  };
};
