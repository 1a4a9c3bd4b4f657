/** Every scenario of the sandbox, with real faults: the named cause has to be the right one. */
import { beforeAll, expect, test } from '@jest/globals';
import { loadScenarios } from '../sandbox/scenario.ts';
import { playAll, type Row } from './play-all.ts';

const SCENARIOS = loadScenarios();
const rows = new Map<string, Row>();

beforeAll(async () => {
  await playAll(SCENARIOS, (row) => rows.set(row.scenario.name, row));
}, 1_800_000);

test.each(SCENARIOS.map(({ name }) => name))('%s', (name) => {
  const row = rows.get(name);
  if (row === undefined || row.differences.length > 0)
    throw new Error(
      `${row?.differences.join('; ') ?? 'not played'}\n\n${row?.played?.text ?? ''}\n${row?.played?.stderr ?? ''}`,
    );
  expect(row.played).toBeDefined();
});
