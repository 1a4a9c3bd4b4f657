/** Judges every saved case twice, and compares with the stored report, as JSON and as a person reads it. UPDATE_GOLDENS=1 writes them anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { judge } from '../../src/judge.ts';
import { caseSchema } from '../../src/model/case.ts';
import { renderText } from '../../src/report/text.ts';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const SCREEN = { width: 80, color: false, unicode: true, verbose: false };
const written = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

test('there are cases', () => {
  expect(names.length).toBeGreaterThan(0);
});

test.each(names)('%s', (name) => {
  const read = (): unknown => JSON.parse(readFileSync(new URL(`${name}/case.json`, folder), 'utf8'));
  const report = written(judge(caseSchema.parse(read())));
  expect(written(judge(caseSchema.parse(read())))).toBe(report);
  const screen = renderText(judge(caseSchema.parse(read())), SCREEN);
  for (const [file, text] of [
    ['report.json', report],
    ['report.txt', screen],
  ] as const) {
    const golden = new URL(`${name}/${file}`, folder);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(golden, text);
    if (!existsSync(golden))
      throw new Error(`no ${name}/${file}: run again with UPDATE_GOLDENS=1 and read it`);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  }
});
