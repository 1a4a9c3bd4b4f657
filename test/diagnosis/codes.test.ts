/** The registry is whole, and rules and registry say the same. */
import { expect, test } from '@jest/globals';
import { CODES, findCode, isGate } from '../../src/codes/index.ts';
import { evaluate } from '../../src/diagnosis/evaluate.ts';
import { rules } from '../../src/diagnosis/rules/index.ts';
import type { RuleCases } from './build.ts';

test('codes and ids are unique and well formed', () => {
  expect(new Set(CODES.map(({ code }) => code)).size).toBe(CODES.length);
  expect(new Set(CODES.map(({ id }) => id)).size).toBe(CODES.length);
  for (const { code, id, title } of CODES) {
    expect(code).toMatch(/^NC[1-9]\d{3}$/);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[^\n]{10,100}$/);
  }
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s stands in the registry, with its page',
  (_, rule) => {
    const { id, code, layer, role, severity } = rule;
    expect(findCode(code)).toMatchObject({ id, code, layer, role, severity });
    const page = findCode(code)?.page;
    expect(page?.meaning.length).toBeGreaterThan(40);
    expect(page?.confirm.length).toBeGreaterThan(0);
    expect(page?.mend.length).toBeGreaterThan(5);
    expect(page?.looksAlike.length).toBeGreaterThan(20);
  },
);

test('a page is there exactly where a rule is', () => {
  const paged = CODES.filter(({ page }) => page !== undefined).map(({ code }) => code);
  expect(paged.sort()).toEqual(rules.map(({ code }) => code).sort());
});

test('a code is found by number or id, in any case', () => {
  expect(findCode('nc3101')?.id).toBe('dns-service-without-endpoints');
  expect(findCode('dns-service-without-endpoints')?.code).toBe('NC3101');
  expect(findCode('NC0000')).toBeUndefined();
});

test('gates are those that say nothing of the network', () => {
  expect(isGate('NC1101')).toBe(true);
  expect(isGate('NC1110')).toBe(false);
  expect(isGate('NC3001')).toBe(false);
});

/** `get endpointslices` and the label it selects by, of commands with a selector. */
const selectors = (commands: readonly string[]): readonly (readonly [what: string, label: string])[] =>
  commands.flatMap((command) => {
    const [, what = '', label = ''] = /^kubectl (\S+ \S+) .*-l ([^= ]+)=/.exec(command) ?? [];
    return what === '' ? [] : [[what, label] as const];
  });

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s: explain and the report select by the same labels',
  async (id, rule) => {
    const { cases }: { readonly cases: RuleCases } = await import(
      new URL(`./rules/${id}.ts`, import.meta.url).href
    );
    const page = selectors(findCode(rule.code)?.page?.confirm ?? []);
    for (const { name, facts } of cases.fires)
      for (const finding of evaluate(rules, facts).filter(({ code }) => code === rule.code))
        for (const [what, label] of selectors(finding.next)) {
          const explained = page.filter(([other]) => other === what).map(([, theirs]) => theirs);
          expect({ name, what, explained }).toEqual({ name, what, explained: explained.map(() => label) });
        }
  },
);
