/** The syntax: words, server blocks, snippets, imports; and any text at all. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { corefileProblems, parseCorefile, upstreamsOf } from '../../../src/diagnosis/corefile/index.ts';
import { readTokens } from '../../../src/diagnosis/corefile/tokens.ts';
import type { Corefile, Parsed } from '../../../src/diagnosis/corefile/tree.ts';
import { largeTexts } from './large.ts';
import { printCorefile } from './print.ts';
import { sameTree } from './shown.ts';

const words = (source: string): readonly string[] => readTokens(source).map(({ text }) => text);
const wordsAndLines = (source: string): readonly string[] =>
  readTokens(source).map(({ text, line }) => `${line}:${text}`);

test.each([
  ['a b\tc', ['a', 'b', 'c']],
  ['a # b\nc', ['a', 'c']],
  // In the middle of a word it hides only up to the next space.
  ['a#b c', ['a', 'c']],
  ['"a b" c', ['a b', 'c']],
  ['"a"b', ['a', 'b']],
  ['a"b"', ['a"b"']],
  ['"a \\"b\\" \\n"', ['a "b" \\n']],
  ['"" x', ['', 'x']],
  ['"', []],
  ['"\\', []],
  ['"never closed', ['never closed']],
  ['a\r\nb\rc', ['a', 'bc']],
  ['\uFEFFa', ['a']],
  ['a\u00a0b\u2028c\u0085d', ['a', 'b', 'c', 'd']],
  ['`a b`', ['`a', 'b`']],
  ['a{ {b', ['a{', '{b']],
])('words of %j', (source, expected) => {
  expect(words(source)).toEqual(expected);
});

test('lines go on inside of quotes', () => {
  expect(wordsAndLines('a "b\nc" d\ne')).toEqual(['1:a', '1:b\nc', '2:d', '3:e']);
});

test('variables and placeholders are open', () => {
  const open = readTokens('{$A} x{%B%}y {$} {%} $A __PILLAR__CLUSTER__DNS__ {$A').map((token) => token.open);
  expect(open).toEqual([true, true, false, false, false, true, false]);
});

const treeOf = (source: string): Corefile => {
  const parsed = parseCorefile(source);
  if (parsed.kind !== 'parsed') throw new Error(JSON.stringify(parsed));
  return parsed.corefile;
};
/** `keys | directive words; …` of each block. */
const outline = (source: string): readonly string[] =>
  treeOf(source).blocks.map(
    ({ keys, directives }) =>
      `${keys.map(({ text }) => text).join(' ')} | ${directives.map(({ tokens }) => tokens.map(({ text }) => text).join(' ')).join('; ')}`,
  );

test.each([
  ['a {\n log\n}', ['a | log']],
  ['a, b c,\nd {\n log\n}', ['a b c d | log']],
  ['a\nlog\nerrors', ['a | log; errors']],
  ['a', ['a | ']],
  [
    'a {\n forward . 1.1.1.1 {\n  policy random\n }\n log\n}\nb {\n}',
    ['a | forward . 1.1.1.1 { policy random }; log', 'b | '],
  ],
  // A brace on the next line belongs to the plugin above, which will not take it.
  ['a {\n log\n {\n }\n}', ['a | log { }']],
  // What closes something else will do at the very end.
  ['a {\n cache {\n }', ['a | cache { }']],
  ['a {\n "log"\n}', ['a | log']],
  ['', []],
  ['(s) {\n log\n errors\n}\na {\n import s\n cache\n}', ['a | log; errors; cache']],
  [
    '(o) {\n policy random\n}\na {\n forward . 1.1.1.1 {\n  import o\n  expire 5s\n }\n}',
    ['a | forward . 1.1.1.1 { policy random expire 5s }'],
  ],
  ['(s) {\n log\n}\n(t) {\n import s\n errors\n}\na {\n import t\n}', ['a | log; errors']],
])('tree of %j', (source, expected) => {
  expect(outline(source)).toEqual(expected);
});

test('files are noted where they are imported', () => {
  const { blocks, imports } = treeOf(
    'import x/*.server\na {\n import y/*.override\n forward . 1.1.1.1 {\n  import z\n }\n}\nimport {$DIR}/w',
  );
  expect(imports).toEqual([
    { line: 1, pattern: 'x/*.server' },
    { line: 8, pattern: '{$DIR}/w' },
  ]);
  expect(blocks.flatMap((block) => block.imports)).toEqual([{ line: 3, pattern: 'y/*.override' }]);
  expect(blocks[0]?.directives[0]?.tokens.filter(({ unseen }) => unseen).map(({ text }) => text)).toEqual([
    'z',
  ]);
});

test.each([
  ['a {\n log\n', 1, true],
  ['a {\n cache {\n', 2, true],
  ['a {\n log }\n}', 2, true],
  ['a, {\n}', 1, true],
  ['a,', 1, true],
  ['(s) {\n log\n', 1, true],
  ['(s)\nlog', 2, true],
  ['(s) {\n}\n(s) {\n}', 3, true],
  ['a {\n import\n}', 2, true],
  ['a {\n import b c\n}', 2, true],
  ['a {\n import ""\n}', 2, true],
  ['a {\n import */*\n}', 2, true],
  ['(s) {\n import t\n}\n(t) {\n import s\n}\na {\n import s\n}', 5, true],
  // What is imported may close the brace.
  ['a {\n log\n import x/*\n', 1, false],
])('syntax error of %j', (source, line, certain) => {
  const parsed = parseCorefile(source);
  expect(parsed).toMatchObject({ kind: 'syntax-error', line, certain });
  expect(parsed.kind === 'syntax-error' && parsed.reason.length > 0).toBe(true);
});

test('too much of snippets is said to be so', () => {
  const doubled = Array.from(
    { length: 12 },
    (_, index) => `(s${index + 1}) {\n import s${index}\n import s${index}\n}`,
  );
  const source = `(s0) {\n ${'log\n'.repeat(200)}}\n${doubled.join('\n')}\na {\n import s12\n}`;
  expect(parseCorefile(source).kind).toBe('too-large');
  expect(corefileProblems(source)).toMatchObject([{ kind: 'not-read', certain: false, effect: 'none' }]);
});

const RUNS = 2000;
const piece = fc.constantFrom(
  ...[
    '{',
    '}',
    '\n',
    ' ',
    '"',
    '\\',
    '#',
    'import',
    '(s)',
    's',
    'x/*',
    '.',
    ':53',
    ',',
    '{$A}',
    'forward',
    'cache',
    'kubernetes',
    '1.1.1.1',
    '30',
  ],
  ...[
    '5s',
    'hosts',
    'fallthrough',
    'rewrite',
    'name',
    'acl',
    'block',
    'net',
    '\r',
    '\u00a0',
    '\u{1F600}',
    '10.0.0.0/9',
    'tls://',
    'bind',
    'template IN A',
  ],
);
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

test('any text is a tree or an error with its line', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const lines = source.split('\n').length;
      const parsed: Parsed = parseCorefile(source);
      if (parsed.kind === 'parsed') upstreamsOf(parsed.corefile);
      else expect(parsed.line >= 1 && parsed.line <= lines).toBe(true);
      for (const { line, text } of corefileProblems(source, { release: '1.13.1', port: 53 }))
        expect(line >= 1 && line <= lines && text !== '' && !text.endsWith('.')).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('a printed tree is read as the same tree', () => {
  let compared = 0;
  fc.assert(
    fc.property(anyText, (source) => {
      const parsed = parseCorefile(source.replaceAll('import', 'log'));
      if (parsed.kind !== 'parsed') return;
      // Names that are empty, or read as something else before a brace, cannot be written in this way.
      const { blocks } = parsed.corefile;
      if (blocks.some(({ keys }) => keys.some(({ text }) => /^$|,$|^\(.*\)$|^import$/s.test(text)))) return;
      const again = parseCorefile(printCorefile(parsed.corefile));
      expect(again.kind === 'parsed' && sameTree(again.corefile, parsed.corefile)).toBe(true);
      compared += 1;
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS / 10);
});

const MEBIBYTE = 1 << 20;
test.each(largeTexts(MEBIBYTE))(
  'a mebibyte of %s is read',
  (_name, source) => {
    expect(['parsed', 'syntax-error', 'too-large']).toContain(parseCorefile(source).kind);
  },
  60_000,
);

test.each(largeTexts(MEBIBYTE / 8))(
  'much of %s is judged',
  (_name, source) => {
    expect(corefileProblems(source, { podAddresses: ['10.0.0.9'] }).length).toBeGreaterThan(0);
  },
  60_000,
);
