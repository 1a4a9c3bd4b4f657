/** Every gate told apart, through the real kubectl: what it is, whose it is, and what to type next. */
import { beforeAll, expect, test } from '@jest/globals';
import { inLanes } from '../chaos/lab.ts';
import { installPlugin } from '../e2e/plugin.ts';
import { startCluster } from '../sandbox/cluster.ts';
import { type Played, playGate } from './play.ts';
import { GATES } from './rows/index.ts';

/** Most of a row is waiting. More than the cores of a small machine would change what is measured. */
const LANES = 2;
const PATIENCE = 600_000;

let played: ReadonlyMap<string, Played>;
beforeAll(async () => {
  const plugin = await installPlugin();
  const clusters = await Promise.all(Array.from({ length: LANES }, () => startCluster()));
  try {
    const rows = await inLanes(LANES, GATES, async (gate, lane) => {
      const cluster = clusters[lane];
      if (cluster === undefined) throw new Error('no cluster');
      return playGate(cluster, plugin, gate);
    });
    played = new Map(rows.map((row) => [row.gate.name, row]));
  } finally {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    plugin.remove();
  }
}, PATIENCE);

test('each row has a name of its own, and says what has to come of it', () => {
  expect(new Set(GATES.map(({ name }) => name)).size).toBe(GATES.length);
  for (const { name, expect: expected, error } of GATES)
    expect([name, (expected === undefined) !== (error === undefined)]).toEqual([name, true]);
});

test.each(GATES.map(({ name }) => [name]))('%s', (name) => {
  const row = played.get(name);
  expect({ wrong: row?.wrong, ...(row?.wrong.length === 0 ? {} : row?.ran) }).toEqual({ wrong: [] });
});
