/** Every rule fires where it must and is silent at a near miss: walks the rules, and their test data by id. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/diagnosis/evaluate.ts';
import { rules } from '../../src/diagnosis/rules/index.ts';
import type { RuleCases } from './build.ts';

const folder = new URL('./rules/', import.meta.url);

const casesOf = async (id: string): Promise<RuleCases> => {
  const module: { readonly cases: RuleCases } = await import(new URL(`${id}.ts`, folder).href);
  return module.cases;
};

test('every file of test data belongs to a rule, every rule has one', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''));
  expect(files.sort()).toEqual(rules.map(({ id }) => id).sort());
  for (const { id } of rules)
    expect(existsSync(new URL(`../../src/diagnosis/rules/${id}.ts`, import.meta.url))).toBe(true);
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
    const { silent } = await casesOf(id);
    expect(silent.length).toBeGreaterThan(0);
    for (const { name, facts } of silent) {
      const found = evaluate(rules, facts).filter(({ code }) => code === rule.code);
      expect([name, found.map(({ summary }) => summary)]).toEqual([name, []]);
    }
  });
});
