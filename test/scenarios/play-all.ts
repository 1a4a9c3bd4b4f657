/** Plays many scenarios, a few side by side: most of a run is waiting for what does not answer. */
import { startCluster } from '../sandbox/cluster.ts';
import { createClusters } from '../sandbox/clusters.ts';
import type { Scenario } from '../sandbox/scenario.ts';
import { differences, type Played, play } from './play.ts';

export interface Row {
  readonly scenario: Scenario;
  /** undefined: it could not be played. */
  readonly played: Played | undefined;
  /** What is not as expected, in words; empty where it is right. */
  readonly differences: readonly string[];
}

/** Clusters of their own, because a scenario has one for itself. More than the cores of a small machine would change what is measured. */
const LANES = 2;

export const playAll = async (
  scenarios: readonly Scenario[],
  onRow: (row: Row) => void = () => undefined,
): Promise<readonly Row[]> => {
  const rows = new Map<string, Row>();
  const waiting = [...scenarios];
  const lane = async (): Promise<void> => {
    const clusters = createClusters(startCluster);
    try {
      for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
        const row = await playOne(scenario, clusters);
        rows.set(scenario.name, row);
        onRow(row);
      }
    } finally {
      await clusters.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, scenarios.length) }, lane));
  return scenarios.flatMap(({ name }) => rows.get(name) ?? []);
};

const playOne = async (
  scenario: Scenario,
  clusters: ReturnType<typeof createClusters<Awaited<ReturnType<typeof startCluster>>>>,
): Promise<Row> => {
  try {
    const played = await play(await clusters.of(scenario.families), scenario);
    return { scenario, played, differences: differences(scenario, played) };
  } catch (error) {
    return { scenario, played: undefined, differences: [String(error)] };
  }
};
