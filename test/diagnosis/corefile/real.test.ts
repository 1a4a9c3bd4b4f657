/** Corefiles as distributions have them: how they are read, whom they ask, what is told of them. UPDATE_GOLDENS=1 writes the goldens anew. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { corefileProblems, parseCorefile } from '../../../src/diagnosis/corefile/index.ts';
import { shownAnswer, shownTree, shownUpstreams } from './shown.ts';

const folder = new URL('./fixtures/real/', import.meta.url);
const names = readdirSync(folder).flatMap(
  (file) => /^(?<name>[a-z0-9-]+)\.yaml$/.exec(file)?.groups?.name ?? [],
);

const fixtureSchema = z.strictObject({
  origin: z.literal('from-source'),
  source: z.string(),
  surroundings: z.optional(z.strictObject({ port: z.number() })),
  corefile: z.string(),
});

test('there are Corefiles', () => {
  expect(names.length).toBeGreaterThan(10);
});

test.each(names)('%s', (name) => {
  const { corefile, surroundings } = fixtureSchema.parse(
    parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')),
  );
  const parsed = parseCorefile(corefile);
  expect(parsed.kind).toBe('parsed');
  if (parsed.kind !== 'parsed') return;
  const port = surroundings?.port ?? 53;
  const shown = {
    problems: corefileProblems(corefile, surroundings ?? {}),
    external: shownAnswer(parsed.corefile, 'www.example.com', port),
    cluster: shownAnswer(parsed.corefile, 'kubernetes.default.svc.cluster.local', port),
    upstreams: shownUpstreams(parsed.corefile),
    tree: shownTree(parsed.corefile),
  };
  const golden = new URL(`${name}.golden.yaml`, folder);
  const text = stringify(shown, { lineWidth: 0, aliasDuplicateObjects: false });
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});
