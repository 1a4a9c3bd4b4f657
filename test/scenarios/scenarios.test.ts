/** Every scenario of the sandbox, with real faults: the named cause has to be the right one. */
import { afterAll, expect, test } from '@jest/globals';
import { startCluster } from '../sandbox/cluster.ts';
import { createClusters } from '../sandbox/clusters.ts';
import { loadScenarios } from '../sandbox/scenario.ts';
import { differences, play } from './play.ts';

const clusters = createClusters(startCluster);
afterAll(() => clusters.stop(), 60_000);

test.each(loadScenarios().map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  async (_name, scenario) => {
    const played = await play(await clusters.of(scenario.families), scenario);
    const wrong = differences(scenario, played);
    if (wrong.length > 0) throw new Error(`${wrong.join('; ')}\n\n${played.text}\n${played.stderr}`);
    expect(wrong).toEqual([]);
  },
  120_000,
);
