/** Every scenario of the sandbox, with real faults: the named cause has to be the right one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import { startCluster } from '../sandbox/cluster.ts';
import { loadScenarios } from '../sandbox/scenario.ts';
import { differences, play } from './play.ts';

let cluster: SandboxCluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);
afterAll(() => cluster.stop());

test.each(loadScenarios().map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  async (_name, scenario) => {
    const played = await play(cluster, scenario);
    const wrong = differences(scenario, played);
    if (wrong.length > 0) throw new Error(`${wrong.join('; ')}\n\n${played.text}\n${played.stderr}`);
    expect(wrong).toEqual([]);
  },
  60_000,
);
