/** How far two pods of test data are apart, and what makes a silent one a near miss. */
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import { facts, type RuleCases } from './build.ts';
import { toService } from './to-destination.ts';

type Places = ReadonlyMap<string, string>;

/** Each ask, each item of evidence, how we got in, and what was to be asked, as text. */
const placesOf = (
  { observations, evidence, entry, internetMode, target, destination }: Facts,
  ran: boolean,
): Places =>
  new Map([
    // Where nothing ran, that no ask has an answer follows from it.
    ...(ran ? observations : []).map((one): [string, string] => [one.id, JSON.stringify(one)]),
    ...Object.entries(evidence).map(([key, item]): [string, string] => [
      `evidence.${key}`,
      JSON.stringify(item),
    ]),
    ['entry', JSON.stringify(entry)],
    ['internetMode', internetMode ?? ''],
    ['target', JSON.stringify(target)],
    ['destination', JSON.stringify(destination)],
  ]);

/** The places in which they differ. */
export const differences = (a: Facts, b: Facts): readonly string[] => {
  const ran = a.entry.state === 'ran' && b.entry.state === 'ran';
  const [left, right] = [placesOf(a, ran), placesOf(b, ran)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key));
};

/** What is healthy, of what was asked. */
const healthyLike = ({ destination }: Facts): Facts => (destination === undefined ? facts() : toService());

/**
 * Those of the silent pods that are one place away from one for which the rule fires, and odd in a place where that one is odd:
 * the healthy pod is neither, and nor is a pod with another fault elsewhere.
 */
export const nearMisses = ({ fires, silent }: Pick<RuleCases, 'fires' | 'silent'>): readonly string[] =>
  silent
    .filter((quiet) => {
      const odd = differences(quiet.facts, healthyLike(quiet.facts));
      return fires.some(
        (loud) =>
          differences(quiet.facts, loud.facts).length === 1 &&
          differences(loud.facts, healthyLike(loud.facts)).some((place) => odd.includes(place)),
      );
    })
    .map(({ name }) => name);
