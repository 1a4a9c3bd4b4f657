/**
 * Whether a part of a policy holds for a flow: yes, no and in what, or not known and why. Three values, joined as Kleene does: one `no`
 * settles an AND and one `yes` an OR, whatever is not known beside it.
 */
import type { Doubt } from './doubt.ts';
import type { Miss } from './miss.ts';
import { distanceOf } from './miss.ts';

export type Match =
  | { readonly holds: 'yes' }
  /** Everything that would have to be otherwise. */
  | { readonly holds: 'no'; readonly misses: readonly Miss[] }
  | { readonly holds: 'unknown'; readonly doubts: readonly Doubt[] };

export const YES: Match = { holds: 'yes' };
export const no = (...misses: readonly Miss[]): Match => ({ holds: 'no', misses });
export const unknown = (...doubts: readonly Doubt[]): Match => ({ holds: 'unknown', doubts });

/** `no` with all that either misses. Of more than two: begin with YES. */
export const both = (one: Match, other: Match): Match => {
  if (one.holds === 'yes') return other;
  if (other.holds === 'yes') return one;
  if (one.holds === 'no') return other.holds === 'no' ? no(...one.misses, ...other.misses) : one;
  return other.holds === 'no' ? other : unknown(...one.doubts, ...other.doubts);
};

export interface Choice<T> {
  readonly match: Match;
  /** The alternative that holds, else the one that came nearest. */
  readonly chosen: T | undefined;
}

/** One of them must hold; `no` carries what the nearest one misses. No for none at all. */
export const anyOf = <T>(alternatives: readonly T[], matchOne: (one: T) => Match): Choice<T> => {
  const doubts: Doubt[] = [];
  let nearest: Choice<T> = { match: no(), chosen: undefined };
  let distance = Number.POSITIVE_INFINITY;
  for (const chosen of alternatives) {
    const match = matchOne(chosen);
    switch (match.holds) {
      case 'yes':
        return { match, chosen };
      case 'unknown':
        doubts.push(...match.doubts);
        break;
      case 'no':
        if (distanceOf(match.misses) < distance) {
          distance = distanceOf(match.misses);
          nearest = { match, chosen };
        }
        break;
    }
  }
  return doubts.length === 0 ? nearest : { match: unknown(...doubts), chosen: undefined };
};
