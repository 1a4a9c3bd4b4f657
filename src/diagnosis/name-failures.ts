/** The failed lookups behind a finding: which they are, and on which servers. */
import type { FailedLookup, FailureKind, NamePurpose } from './name-state.ts';
import type { Names } from './names.ts';

export interface NameFailures {
  /** The purpose where only one kind of name fails so; undefined where both do. */
  readonly about: NamePurpose | undefined;
  readonly failed: readonly FailedLookup[];
}

/** The lookups of the purposes that fail with this kind. */
export const failuresOf = (
  { cluster, external, destination }: Names,
  kind: FailureKind,
): NameFailures | undefined => {
  const states = { 'cluster-name': cluster, 'external-name': external, 'destination-name': destination };
  const failing = PURPOSES.flatMap((purpose) => {
    const name = states[purpose];
    return name.state === 'failed' && name.kind === kind ? [{ purpose, failed: name.failed }] : [];
  });
  const [first] = failing;
  if (first === undefined) return undefined;
  return {
    about: failing.length === 1 ? first.purpose : undefined,
    failed: failing.flatMap(({ failed }) => failed),
  };
};
const PURPOSES = ['cluster-name', 'external-name', 'destination-name'] as const;

/** Servers that these lookups failed on, as far as the tool named them. */
export const serversOf = (failed: readonly FailedLookup[]): readonly string[] => [
  ...new Set(
    failed.flatMap(({ outcome }) => [
      ...('server' in outcome && outcome.server !== undefined ? [outcome.server] : []),
      ...outcome.failedServers.map(({ server }) => server),
    ]),
  ),
];
