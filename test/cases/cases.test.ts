/** Judges every saved case twice, and compares with the stored report. UPDATE_GOLDENS=1 writes it anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { judge } from '../../src/judge.ts';
import { caseSchema } from '../../src/model/case.ts';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const written = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

test('there are cases', () => {
  expect(names.length).toBeGreaterThan(0);
});

test.each(names)('%s', (name) => {
  const read = (): unknown => JSON.parse(readFileSync(new URL(`${name}/case.json`, folder), 'utf8'));
  const report = written(judge(caseSchema.parse(read())));
  expect(written(judge(caseSchema.parse(read())))).toBe(report);
  const golden = new URL(`${name}/report.json`, folder);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(golden, report);
  expect(existsSync(golden)).toBe(true);
  expect(report).toBe(readFileSync(golden, 'utf8'));
});
