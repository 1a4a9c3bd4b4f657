import { expect, test } from '@jest/globals';
import { suite } from '../../probes/index.ts';
import { SUITE_WORDS } from '../../probes/words.ts';
import { PURPOSES } from '../../src/model/probe.ts';
import { golden } from '../report/goldens.ts';
import { suitePage } from './suite-page.ts';

const DOCS = new URL('../../docs/', import.meta.url);

test('PROBES.md is the suite and the default plan', () => {
  const page = suitePage();
  expect(page).toBe(golden(DOCS, 'PROBES.md', page));
});

test('each word of --only and --skip is a probe or a purpose, or dns for all that is of names, and each probe is such a word', () => {
  const known: readonly string[] = [...suite.map(({ id }) => id), ...PURPOSES, 'dns'];
  const words: readonly string[] = SUITE_WORDS;
  expect({
    'to take out of probes/words.ts': words.filter((word) => !known.includes(word)),
    'to add to probes/words.ts': suite.map(({ id }) => id).filter((id) => !words.includes(id)),
  }).toEqual({ 'to take out of probes/words.ts': [], 'to add to probes/words.ts': [] });
});
