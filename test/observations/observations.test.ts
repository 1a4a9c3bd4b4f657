/** Real faults, and what each probe makes of them: the outcome has to be the one that follows from the fault. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { startCluster } from '../sandbox/cluster.ts';
import { createClusters } from '../sandbox/clusters.ts';
import { IMPOSSIBLE, kindRows } from './kinds.ts';
import { loadConditions } from './observation-file.ts';
import { complaints, observe } from './observe.ts';

const conditions = loadConditions();
const rows = kindRows(conditions);
const clusters = createClusters(startCluster);
afterAll(() => clusters.stop(), 60_000);

test.each(conditions.map((condition) => [condition.name, condition] as const))(
  '%s',
  async (_name, condition) => {
    const told = complaints(await observe(await clusters.of(condition.families), condition));
    if (told.length > 0) throw new Error(told.join('\n\n'));
    expect(told).toEqual([]);
  },
  120_000,
);

describe('every kind of outcome is made by a fault, or told why it cannot be', () => {
  test.each(rows.map((row) => [row.probe, row.kind, row] as const))(
    '%s %s',
    (_probe, _kind, { madeBy, impossible }) => {
      expect(madeBy.length > 0).toBe(impossible === undefined);
    },
  );

  test('no reason is given for what is no kind of outcome', () => {
    const kinds = rows.map(({ probe, kind }) => `${probe} ${kind}`);
    expect(Object.keys(IMPOSSIBLE).filter((name) => !kinds.includes(name))).toEqual([]);
  });
});
