/** No secret comes out: each where it really stands, in the case, in every form of the report, and on stderr. */
import { expect, jest, test } from '@jest/globals';
import { leaksOf, SECRETS } from './secrets.ts';

// Generous: other work may share the machine.
jest.setTimeout(120_000);

test('there are enough of them', () => {
  expect(SECRETS.length).toBeGreaterThanOrEqual(50);
});

test.each(SECRETS.map((planted) => [planted.name, planted] as const))('%s', async (_name, planted) => {
  expect(await leaksOf(planted)).toEqual([]);
});
