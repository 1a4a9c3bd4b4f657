/** What docs/ says of codes and of outcomes is what there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CODES, findCode } from '../../src/codes/index.ts';
import { REASONS } from '../../src/diagnosis/observed.ts';
import { INTERNET_MODES } from '../../src/model/case.ts';
import { findingsPage } from './findings-page.ts';
import { golden } from './goldens.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, DOCS), 'utf8');

test('FINDINGS.md holds the page of every code', () => {
  const page = findingsPage(CODES);
  expect(page).toBe(golden(DOCS, 'FINDINGS.md', page));
});

test.each(['REPORT.md', 'ARCHITECTURE.md'])('%s names no code that there is not', (name) => {
  const named = read(name).match(/\bNC\d{4}\b/g) ?? [];
  expect(named.filter((code) => findCode(code) === undefined)).toEqual([]);
});

test('REPORT.md says what each mode of the way out is, and each reason why an ask did not run', () => {
  const page = read('REPORT.md');
  for (const word of [...INTERNET_MODES, ...Object.keys(REASONS)]) expect(page).toContain(`\`${word}\``);
});
