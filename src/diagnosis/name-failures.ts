/** The failed lookups behind a finding: which they are, and on which servers. */
import type { FailedLookup, FailureKind, NamePurpose } from './name-state.ts';
import type { Names } from './names.ts';

export interface NameFailures {
  /** The purpose where only one kind of name fails so; undefined where both do. */
  readonly about: NamePurpose | undefined;
  readonly failed: readonly FailedLookup[];
}

/** The lookups of the purposes that fail with this kind. */
export const failuresOf = ({ cluster, external }: Names, kind: FailureKind): NameFailures | undefined => {
  const clusterFails = cluster.state === 'failed' && cluster.kind === kind;
  const externalFails = external.state === 'failed' && external.kind === kind;
  if (!clusterFails && !externalFails) return undefined;
  return {
    about: clusterFails && externalFails ? undefined : clusterFails ? 'cluster-name' : 'external-name',
    failed: [...(clusterFails ? cluster.failed : []), ...(externalFails ? external.failed : [])],
  };
};

/** Servers that these lookups failed on, as far as the tool named them. */
export const serversOf = (failed: readonly FailedLookup[]): readonly string[] => [
  ...new Set(
    failed.flatMap(({ outcome }) => [
      ...('server' in outcome && outcome.server !== undefined ? [outcome.server] : []),
      ...outcome.failedServers.map(({ server }) => server),
    ]),
  ),
];
