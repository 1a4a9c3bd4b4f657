/** Every rule fires where it must and is silent at a near miss: walks the rules, and their test data by id. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/diagnosis/evaluate.ts';
import { rules } from '../../src/diagnosis/rules/index.ts';
import type { RuleCases } from './build.ts';
import { nearMisses } from './near-miss.ts';

const folder = new URL('./rules/', import.meta.url);
const sources = new URL('../../src/diagnosis/rules/', import.meta.url);

const namesIn = (where: URL): readonly string[] =>
  readdirSync(where)
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();

const casesOf = async (id: string): Promise<RuleCases> => {
  const module: { readonly cases: RuleCases } = await import(new URL(`${id}.ts`, folder).href);
  return module.cases;
};

test('every file of test data belongs to a rule, every rule has one', () => {
  expect(namesIn(folder)).toEqual(rules.map(({ id }) => id).sort());
});

test('every file of a rule is listed in rules/index.ts, once, and named after the rule', () => {
  expect(namesIn(sources).filter((name) => name !== 'index')).toEqual(rules.map(({ id }) => id).sort());
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('fires', async () => {
    const { fires } = await casesOf(id);
    expect(fires.length).toBeGreaterThan(0);
    for (const { name, facts, times = 1, summary, tells = [], ...expected } of fires) {
      const found = evaluate(rules, facts).filter(({ code }) => code === rule.code);
      const [finding] = found;
      expect([name, found.length]).toEqual([name, times]);
      expect([name, finding?.summary]).toEqual([name, expect.stringMatching(summary)]);
      expect({ name, ...finding }).toMatchObject({ name, ...expected });
      const lines = [...(finding?.evidence ?? []), ...(finding?.next ?? []), finding?.mend ?? ''];
      for (const tell of tells)
        expect({ name, lines }).toEqual({
          name,
          lines: expect.arrayContaining([expect.stringMatching(tell)]),
        });
    }
  });

  test('is silent at a near miss', async () => {
    const { fires, silent } = await casesOf(id);
    // See near-miss.ts: one silent pod at least is one place away from one for which the rule fires.
    expect(nearMisses({ fires, silent })).not.toEqual([]);
    for (const { name, facts } of silent) {
      const found = evaluate(rules, facts).filter(({ code }) => code === rule.code);
      expect([name, found.map(({ summary }) => summary)]).toEqual([name, []]);
    }
  });
});
