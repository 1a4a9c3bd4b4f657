/** Lookups that fail beside others of their kind that are answered: the nameserver, or the way to it, fails now and then. */
import type { FailedLookup, FailureKind } from './name-state.ts';
import type { Names } from './names.ts';

const OF_THE_SERVER: readonly FailureKind[] = ['connection-refused', 'unreachable'];
const OF_A_KNOWN_NAME: readonly FailureKind[] = [
  ...OF_THE_SERVER,
  'server-failure',
  'query-refused',
  'timed-out',
  'wrong-answer',
];

/**
 * Cluster DNS knows the cluster's names itself, so any such failure is its own; unless the cluster's domain is another than
 * cluster.local, where the absolute name goes to the upstream servers. Of names outside, one that fails beside one that is
 * answered may be that name's own trouble, or be blocked where the cluster stands: only a refused port tells of the server.
 */
export const intermittent = ({ cluster, external, bypass, besides }: Names): readonly FailedLookup[] => {
  const usual = cluster.state === 'ok' && /\.cluster\.local\.?$/i.test(cluster.outcome.answeredName);
  const inside =
    cluster.state !== 'ok' || bypass !== undefined
      ? []
      : [...cluster.failed, ...besides].filter(
          ({ kind, lookup }) =>
            OF_A_KNOWN_NAME.includes(kind) && (usual || !lookup.question.name.endsWith('.')),
        );
  const outside =
    external.state === 'ok' ? external.failed.filter(({ kind }) => OF_THE_SERVER.includes(kind)) : [];
  return [...inside, ...outside];
};
