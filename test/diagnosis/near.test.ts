import { expect, test } from '@jest/globals';
import { editDistance, nearNames } from '../../src/diagnosis/near.ts';

test('distance counts insertions, deletions, replacements, and swaps of neighbours as one', () => {
  expect([
    editDistance('web', 'web'),
    editDistance('web', 'wb'),
    editDistance('clinet', 'client'),
    editDistance('', 'abc'),
  ]).toEqual([0, 1, 1, 3]);
});

test('offers what may have been meant, nearest first', () => {
  const names = ['client', 'web-7858598c99-mrxcc', 'web-0', 'database-0'];
  expect(nearNames('clinet', names)).toEqual(['client']);
  expect(nearNames('web', names)).toEqual(['web-0', 'web-7858598c99-mrxcc']);
  // The pod of an earlier rollout.
  expect(nearNames('web-5d4f8c7b9d-x2x4z', names)).toContain('web-7858598c99-mrxcc');
  expect(nearNames('payment', names)).toEqual([]);
});
