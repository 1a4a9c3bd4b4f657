/** Every gate told apart, through the real kubectl: what it is, whose it is, and what to type next. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installPlugin, type Plugin } from '../e2e/plugin.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { playGate } from './play.ts';
import { GATES } from './rows/index.ts';

const PATIENCE = 120_000;

let cluster: SandboxCluster;
let plugin: Plugin;
beforeAll(async () => {
  [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
}, PATIENCE);
afterAll(async () => {
  await cluster?.stop();
  plugin?.remove();
});

test('each row has a name of its own, and says what has to come of it', () => {
  expect(new Set(GATES.map(({ name }) => name)).size).toBe(GATES.length);
  for (const { name, expect: expected, usage } of GATES)
    expect([name, (expected === undefined) !== (usage === undefined)]).toEqual([name, true]);
});

test.each(GATES.map((gate) => [gate.name, gate] as const))(
  '%s',
  async (_name, gate) => {
    const { wrong, ran } = await playGate(cluster, plugin, gate);
    expect({ wrong, ...(wrong.length === 0 ? {} : ran) }).toEqual({ wrong: [] });
  },
  PATIENCE,
);
