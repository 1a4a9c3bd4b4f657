/** Errors of usage: exit status 2, with what to type. */
import { UserError } from '../errors.ts';

export const HELP = 'kubectl netcheck --help';

export const usageError = (
  code: string,
  message: string,
  more: { readonly reason?: string; readonly next?: readonly string[] } = {},
): UserError => new UserError({ code, message, reason: more.reason, next: more.next ?? [HELP], exitCode: 2 });

/** Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours. */
const distance = (a: string, b: string): number => {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current: number[] = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + change,
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? a.length;
};

/** The word most like `given`, where one is like enough to be meant: at most a third of it, and two letters, differ. */
export const closest = (given: string, words: readonly string[]): string | undefined => {
  const limit = Math.min(2, Math.floor(given.length / 3));
  let best: { readonly word: string; readonly far: number } | undefined;
  for (const word of words) {
    // Never nearer than that; what was given may be very long.
    if (Math.abs(word.length - given.length) > limit) continue;
    const far = distance(given, word);
    if (far <= limit && (best === undefined || far < best.far)) best = { word, far };
  }
  if (best !== undefined) return best.word;
  // Cut short: `--name` for `--namespace`.
  const begun = words.filter((word) => given.length >= 3 && word.startsWith(given));
  return begun.length === 1 ? begun[0] : undefined;
};
