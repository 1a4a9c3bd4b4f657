/** What counts as a near miss. */
import { expect, test } from '@jest/globals';
import { facts, notStarted, ping, type RuleCases, ran } from './build.ts';
import { differences, nearMisses } from './near-miss.ts';

const lossy = ping('node', { kind: 'replied', sent: 3, received: 2 });
const silent = ping('node', { kind: 'no-reply', sent: 3 });
const fires: RuleCases['fires'] = [
  { name: 'loss', facts: facts({ observations: [lossy] }), summary: /lost/ },
];
const near = (given: ReturnType<typeof facts>) =>
  nearMisses({ fires, silent: [{ name: 'it', facts: given }] });

test('one place away, and odd in the same place', () => {
  expect(near(facts({ observations: [silent] }))).toEqual(['it']);
});

test('not the healthy pod, which is one place away as well', () => {
  expect(near(facts())).toEqual([]);
});

test('not a pod with another fault elsewhere', () => {
  expect(near(facts({ observations: [ping('internet', { kind: 'no-reply', sent: 3 })] }))).toEqual([]);
  expect(near(facts({ entry: ran('timeout') }))).toEqual([]);
});

test('not a pod that is odd in two places more', () => {
  const internet = ping('internet', { kind: 'no-reply', sent: 3 });
  expect(near(facts({ observations: [silent, internet] }))).toEqual([]);
});

test('that no ask has an answer where nothing ran is one difference, not sixteen', () => {
  expect(differences(facts(), facts({ entry: notStarted('Timeout', '') }))).toEqual(['entry']);
});
