/** Every table of a plugin against a directive that has all of it: nothing is refused; and one that it does not know is. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { corefileProblems } from '../../../src/diagnosis/corefile/index.ts';
import { plugins } from '../../../src/diagnosis/corefile/plugins/index.ts';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`./fixtures/${name}.yaml`, import.meta.url), 'utf8'));
const texts = z.record(z.string(), z.string()).parse(read('properties'));
const past = z
  .record(z.string(), z.strictObject({ release: z.string(), text: z.string() }))
  .parse(read('past-properties'));

const pluginOf = (title: string): string => title.split(' ')[0] ?? title;
/** Beyond all tables: no property is too new for it. */
const NEWEST = '1.14.8';
const inBlock = (text: string): string =>
  `. {\n${text}\n${text.includes('k8s_external') ? 'kubernetes cluster.local\n' : ''}}\n`;
const refusals = (text: string, release: string | undefined) =>
  corefileProblems(inBlock(text), release === undefined ? {} : { release }).filter(
    ({ effect }) => effect === 'refuses-to-start',
  );

/** Of the plugins that were, nothing is judged. */
const REMOVED = ['federation', 'proxy', 'reverse', 'shutdown', 'startup'];

test('each plugin has a text', () => {
  const titles = new Set(Object.keys(texts).map(pluginOf));
  expect([...plugins.keys()].filter((name) => !titles.has(name)).sort()).toEqual(REMOVED);
});

test.each([...plugins])('%s: its texts have all of its properties', (name, { block = {} }) => {
  const all = [
    ...Object.entries(texts),
    ...Object.entries(past).map(([title, { text }]) => [title, text] as const),
  ].flatMap(([title, text]) => (pluginOf(title) === name ? text.split('\n') : []));
  const heads = all.map((line) => line.trim().split(' ')[0]);
  expect(Object.keys(block).filter((property) => !heads.includes(property))).toEqual([]);
});

test.each(Object.entries(texts))('%s: nothing is refused', (_title, text) => {
  expect(refusals(text, NEWEST)).toEqual([]);
  // Where it is not known which release runs, nothing is refused for sure.
  expect(refusals(text, undefined).filter(({ certain }) => certain)).toEqual([]);
});

test.each(Object.entries(past))(
  '%s as it was: taken by $release, refused by the newest',
  (_title, { release, text }) => {
    expect(refusals(text, release)).toEqual([]);
    expect(refusals(text, '1.14.7').some(({ certain }) => certain)).toBe(true);
    expect(refusals(text, undefined).map(({ certain }) => certain)).not.toContain(true);
  },
);

const withBlock = Object.entries(texts).filter(([, text]) => text.includes('{\n'));
test.each(withBlock)('%s: an unknown property is refused', (title, text) => {
  const end = text.lastIndexOf('}');
  const broken = `${text.slice(0, end)}  no_such_property yes\n${text.slice(end)}`;
  const found = refusals(broken, '1.14.7');
  const name = pluginOf(title);
  const wanted = name === 'rewrite' ? 'bad-argument' : 'unknown-property';
  expect(
    found.filter(({ kind, certain, plugin }) => kind === wanted && certain && plugin === name),
  ).not.toEqual([]);
});

test('what a newer release may know is not refused for sure', () => {
  const text = 'forward . 10.0.0.1 {\n no_such_property\n}';
  expect(refusals(text, '1.99.0').map(({ kind, certain }) => [kind, certain])).toEqual([
    ['unknown-property', false],
  ]);
});
