/** docs/scenarios.md tells of the scenarios that there are, and of no wrong verdict. */
import { expect, test } from '@jest/globals';
import { loadScenarios } from '../sandbox/scenario.ts';
import { named, readPage } from './table.ts';

test('the page has each scenario, with what it has to be called, and no other', () => {
  const rows = readPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(' | ')
        .slice(0, 3)
        .map((cell) => cell.replace(/^\| /, '')),
    );
  expect(rows.map(([name]) => name)).toEqual(loadScenarios().map(({ name }) => `\`${name}\``));
  expect(rows.map(([, , expected]) => expected)).toEqual(
    loadScenarios().map(({ expect: { status, chain } }) => named(status, chain)),
  );
});

test('all of them are right in it', () => {
  expect(
    readPage()
      .split('\n')
      .filter((line) => line.includes('✖')),
  ).toEqual([]);
});
