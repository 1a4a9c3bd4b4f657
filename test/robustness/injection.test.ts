/** A share of the part "Hostile text", the same each time; `npm run robustness` tries all of it. */
import { expect, jest, test } from '@jest/globals';
import { HOSTILE } from './hostile-strings.ts';
import { tryInjection } from './injection.ts';
import { CASES, trials } from './planting.ts';
import { SINKS } from './sinks.ts';
import { stderrFaults } from './stderr-sinks.ts';

// Generous: other work may share the machine.
jest.setTimeout(300_000);

const FEW = CASES.slice(0, 4);
const SHARE = 20;
const STDERR_SHARE = 12;

test('the corpus is large, and each string has a name of its own', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(200);
  expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
});

test('text of a hostile cluster stays text in every form of the report', () => {
  const tallies = tryInjection(trials(FEW, SHARE));
  expect(tallies.map(({ sink }) => sink).sort()).toEqual(
    [...SINKS.map(({ name }) => name), 'next and mend'].sort(),
  );
  expect(tallies.flatMap(({ sink, wrong }) => wrong.map((what) => `${sink}: ${what}`))).toEqual([]);
});

test('text of whoever stays text on stderr', async () => {
  const { tried, wrong } = await stderrFaults(HOSTILE.filter((_one, index) => index % STDERR_SHARE === 0));
  expect(tried).toBeGreaterThan(HOSTILE.length);
  expect(wrong).toEqual([]);
});
