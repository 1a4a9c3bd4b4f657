/** What may have been meant by a misspelt word. */
import { nearNames } from '../near.ts';

const LONGEST = 40;

const letters = (word: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
};

/** No smaller than half of the distance between the two can be: what it costs to tell is far less. */
const differentLetters = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  let count = 0;
  for (const [letter, times] of a) count += Math.max(0, times - (b.get(letter) ?? 0));
  return count;
};

/** undefined: none is near. */
export const nearestOf = (word: string, names: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const allowed = Math.max(1, Math.floor(word.length / 5));
  const own = letters(word);
  const candidates = names.filter(
    (name) =>
      Math.abs(name.length - word.length) <= allowed && differentLetters(own, letters(name)) <= allowed,
  );
  return nearNames(word, candidates)[0];
};
