/** The table of fixtures/truth-table.yaml, row by row. */
import { describe, expect, test } from '@jest/globals';
import { evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import { naiveState } from './fillings.ts';
import { MISTAKES, type Mistake } from './naive.ts';
import { type Row, readTable } from './table.ts';

const groups = readTable();

describe.each(groups.map((group) => [group.name, group] as const))('%s', (_, { rows }) => {
  test.each(rows.map((row) => [row.text, row] as const))('%s', (_text, row) => {
    const { state, egress, ingress } = evaluateFlow(row.flow);
    const expected = [row.egress, row.ingress];
    expect([egress.state, ingress.state]).toEqual(expected);
    // One end that denies it is enough, whatever is not known of the other.
    const [worst] = ['denied', 'unknown', 'allowed'].filter((one) => expected.includes(one));
    expect(state).toBe(worst);
  });
});

describe('each mistake of other evaluators', () => {
  const statesOf = ({ flow, servicePort }: Row, mistake?: Mistake) => {
    const settings = { mistake, dialled: servicePort };
    return {
      egress: naiveState(flow, 'egress', settings),
      ingress: naiveState(flow, 'ingress', settings),
    };
  };
  const named = groups.filter(({ mistake }) => mistake !== undefined);
  const catching = named.flatMap(({ name, mistake: text, rows }) => {
    const mistake = MISTAKES.find((one) => one === text);
    return mistake === undefined ? [] : [{ name, mistake, rows }];
  });
  test('has its groups, and there is no other', () => {
    expect(catching).toHaveLength(named.length);
    expect([...new Set(catching.map(({ mistake }) => mistake))].sort()).toEqual([...MISTAKES].sort());
  });
  test.each(catching)('$mistake: $name', ({ mistake, rows }) => {
    const right = rows.map(({ egress, ingress }) => ({ egress, ingress }));
    expect(rows.map((row) => statesOf(row))).toEqual(right);
    expect(rows.map((row) => statesOf(row, mistake))).not.toEqual(right);
  });
  test('and the table has rows enough', () => {
    expect(groups.flatMap(({ rows }) => rows).length).toBeGreaterThanOrEqual(150);
  });
});
