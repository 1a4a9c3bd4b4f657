/** Every row of the truth table, in the words that stand in a report. */
import { expect, test } from '@jest/globals';
import { evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import { explainDirection, explainFlow } from '../../../src/diagnosis/policy/explain.ts';
import { golden } from '../../report/goldens.ts';
import { readTable } from './table.ts';

const groups = readTable();

test('each verdict in words', () => {
  const text = groups
    .flatMap(({ name, rows }) => [
      `## ${name}`,
      ...rows.flatMap(({ text: row, flow }) => [
        '',
        row,
        ...explainFlow(flow, evaluateFlow(flow)).map((line) => `    ${line}`),
      ]),
      '',
    ])
    .join('\n');
  expect(text).toBe(golden(new URL('fixtures/', import.meta.url), 'explained.txt', text));
});

test('every line is one line, and none is empty', () => {
  const lines = groups.flatMap(({ rows }) =>
    rows.flatMap(({ flow }) =>
      (['egress', 'ingress'] as const).flatMap((side) =>
        explainDirection(flow, side, evaluateFlow(flow)[side]),
      ),
    ),
  );
  expect(lines.filter((line) => line.trim() === '' || /\n|undefined|\[object/.test(line))).toEqual([]);
});
