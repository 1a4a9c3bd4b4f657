/** Of a pod that speaks IPv4 and IPv6: which of the two gets out. */
import type { InternetMode } from '../model/case.ts';
import type { Family } from './links.ts';
import { type Attempt, attemptsTo, familyOf, type ReachSeen } from './reach.ts';

export const ofFamily = (attempts: readonly Attempt[], family: Family): readonly Attempt[] =>
  attempts.filter(({ observation }) => familyOf(observation) === family);

export const familyOfAddress = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');

export interface DeadFamily {
  readonly dead: Family;
  readonly alive: Family;
  /** Every target of the dead one. */
  readonly failed: readonly Attempt[];
}

const PAIRS: readonly Pick<DeadFamily, 'dead' | 'alive'>[] = [
  { dead: 'ipv4', alive: 'ipv6' },
  { dead: 'ipv6', alive: 'ipv4' },
];

const works = ({ connect }: Attempt): boolean => connect === 'connected';

/**
 * The family of which every target outside failed, while one of the other answers. Only the default targets are judged together, and
 * they are asked only in families that the pod has; of targets that the user named each is told by itself.
 */
export const deadFamilyOf = (seen: ReachSeen, mode: InternetMode | undefined): DeadFamily | undefined => {
  if (mode === 'custom') return undefined;
  const attempts = attemptsTo(seen, 'internet').filter(
    ({ observation }) => observation.probe === 'tcp-connect',
  );
  return PAIRS.map((pair) => ({ ...pair, failed: ofFamily(attempts, pair.dead) })).find(
    ({ alive, failed }) =>
      failed.length > 0 &&
      !failed.some((attempt) => works(attempt) || attempt.connect === 'unmeasured') &&
      ofFamily(attempts, alive).some(works),
  );
};
