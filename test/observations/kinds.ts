/** Every kind of outcome of every probe, and the conditions that make it. */
import { fixturesOf, probes } from '../probes/fixture.ts';
import type { Condition } from './observation-file.ts';

/** The engine's own kinds, which any probe may end as; test/probes tries them. */
const OF_THE_ENGINE: readonly string[] = ['unreadable', 'did-not-run'];

/** Kinds that no fault in the sandbox can make, with the reason. */
export const IMPOSSIBLE: Readonly<Record<string, string>> = {
  'http-get connect-failed':
    'curl of this machine tells in -v why it could not connect; only others keep it to themselves',
};

export interface KindRow {
  readonly probe: string;
  readonly kind: string;
  /** Names of conditions. */
  readonly madeBy: readonly string[];
  /** The reason, where no fault in the sandbox can make it. */
  readonly impossible: string | undefined;
}

/** The kinds are those of the fixtures, so that a new one is asked for as soon as it has one. */
export const kindRows = (conditions: readonly Condition[]): readonly KindRow[] =>
  probes.flatMap(({ id: probe }) => {
    const kinds = new Set(fixturesOf(probe).map(([, { expected }]) => expected.kind));
    return [...kinds]
      .filter((kind) => !OF_THE_ENGINE.includes(kind))
      .sort()
      .map((kind) => ({
        probe,
        kind,
        madeBy: conditions
          .filter(({ asks }) => asks.some((ask) => ask.probe === probe && ask.expect.kind === kind))
          .map(({ name }) => name),
        impossible: IMPOSSIBLE[`${probe} ${kind}`],
      }));
  });
