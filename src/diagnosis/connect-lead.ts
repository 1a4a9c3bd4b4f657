/** The kind of failure that several attempts at one destination are told as. */
import type { Attempt, ConnectFailure, ReachPurpose } from './reach.ts';

const TELLING: readonly ConnectFailure[] = [
  'reset',
  'refused',
  'not-permitted',
  'unreachable',
  'timed-out',
  'connect-failed',
];

/**
 * The one kind that a destination's failures are told as. Of one address, what tells most: the kernel limits how many errors it
 * sends, so silence beside a refusal is refusal. Of many, what most met. curl's "could not connect" only where there is nothing else.
 */
export const leadOf = (failed: readonly Attempt[], purpose: ReachPurpose): ConnectFailure | undefined => {
  const count = (kind: ConnectFailure) => failed.filter(({ connect }) => connect === kind).length;
  const met = TELLING.filter((kind) => count(kind) > 0);
  if (purpose !== 'internet') return met[0];
  const clear = met.filter((kind) => kind !== 'connect-failed');
  const most = Math.max(...clear.map(count));
  return clear.find((kind) => count(kind) === most) ?? met[0];
};
