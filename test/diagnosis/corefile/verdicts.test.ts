/** Our judgement against what the real CoreDNS said to the same Corefiles (`fixtures/verdicts.json` says which release, and how). */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { corefileProblems } from '../../../src/diagnosis/corefile/index.ts';

const recordSchema = z.strictObject({
  origin: z.literal('recorded'),
  release: z.string(),
  about: z.string(),
  verdicts: z.array(
    z.strictObject({
      name: z.string(),
      corefile: z.string(),
      verdict: z.enum(['accepted', 'refused']),
      message: z.optional(z.string()),
      /** Why this tool cannot say it for sure. */
      notSure: z.optional(z.string()),
    }),
  ),
});
const { release, verdicts } = recordSchema.parse(
  JSON.parse(readFileSync(new URL('./fixtures/verdicts.json', import.meta.url), 'utf8')),
);

const refusals = (corefile: string, known: string | undefined) =>
  corefileProblems(corefile, known === undefined ? {} : { release: known }).filter(
    ({ effect, certain }) => effect === 'refuses-to-start' && certain,
  );

test('there are verdicts of both kinds', () => {
  for (const kind of ['accepted', 'refused'])
    expect(verdicts.filter(({ verdict }) => verdict === kind).length).toBeGreaterThan(200);
});

const accepted = verdicts.filter(({ verdict }) => verdict === 'accepted');
test('what CoreDNS accepts is never called refused for sure', () => {
  const wrong = accepted.flatMap(({ name, corefile }) =>
    refusals(corefile, release).map(({ text }) => `${name}: ${text}`),
  );
  expect(wrong).toEqual([]);
});

test('nor is it where it is not known which release runs', () => {
  const wrong = accepted.flatMap(({ name, corefile }) =>
    refusals(corefile, undefined).map(({ text }) => `${name}: ${text}`),
  );
  expect(wrong).toEqual([]);
});

const refused = verdicts.filter(({ verdict }) => verdict === 'refused');
test('what it refuses is told, but for what cannot be known', () => {
  const missed = refused.filter(
    ({ corefile, notSure }) => notSure === undefined && refusals(corefile, release).length === 0,
  );
  expect(missed.map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
});

test('what is said not to be known is not told as sure', () => {
  const sure = refused.filter(
    ({ corefile, notSure }) => notSure !== undefined && refusals(corefile, release).length > 0,
  );
  expect(sure.map(({ name }) => name)).toEqual([]);
});

/** `line 3: unknown property …`, as CoreDNS names the line of the word that it could not take. */
const lineOf = (message: string): number | undefined => {
  const line = /line (?<line>\d+): unknown property/.exec(message)?.groups?.line;
  return line === undefined ? undefined : Number(line);
};
test('unknown properties are found on the line that CoreDNS names', () => {
  const named = refused.flatMap(({ name, corefile, message = '', notSure }) => {
    const line = lineOf(message);
    return line === undefined || notSure !== undefined
      ? []
      : [{ name, line, lines: refusals(corefile, release).map((problem) => problem.line) }];
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ line, lines }) => !lines.includes(line))).toEqual([]);
});
