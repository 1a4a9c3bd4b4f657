import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report } from '../../src/model/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { visible, visibleAscii } from '../../src/report/safe.ts';
import { PALETTE } from '../../src/report/screen.ts';
import { renderText } from '../../src/report/text.ts';
import { dnsWithoutEndpoints, gateRefused, healthy, interrupted } from './reports.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const REPORTS = [healthy, dnsWithoutEndpoints, interrupted, gateRefused] as const;

/** Written out by hand, not taken from the code under test: what may never reach a terminal as it is. */
const DANGEROUS: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];
const isDangerous = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return DANGEROUS.some(([from, to]) => code >= from && code <= to);
};

/** Text in which half of the characters are dangerous ones, newline and the codes of our own palette among them. */
const hostile = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(...DANGEROUS.flatMap(([from, to]) => [from, to, Math.floor((from + to) / 2)]))
        .map((code) => String.fromCodePoint(code)),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\x1b[31m',
        '\x1b]8;;http://x\x07',
        '\x9b2J',
        '\ud800',
        'a b',
        '✔ healthy',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Fields whose type is an enumeration: their values never come from outside. */
const ENUMS = new Set([
  'kind',
  'apiVersion',
  'state',
  'status',
  'layer',
  'severity',
  'confidence',
  'role',
  'end',
  'why',
]);

const planted = (value: unknown, text: string, key = ''): unknown => {
  if (typeof value === 'string') return ENUMS.has(key) ? value : `${text}${value}${text}`;
  if (Array.isArray(value)) return value.map((item) => planted(item, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, planted(held, text, name)]));
};

/** The documented cast of this test: the shape is that of the report it was made from. */
const plant = (report: Report, text: string): Report => planted(report, text) as Report;

const OUR_CODES = Object.values(PALETTE).flatMap(([on, off]) => [`\x1b[${on}m`, `\x1b[${off}m`]);
const withoutOurCodes = (text: string): string =>
  OUR_CODES.reduce((rest, code) => rest.replaceAll(code, ''), text);

describe('what comes from a cluster cannot steer a terminal', () => {
  test.each([
    [true, false],
    [true, true],
    [false, false],
    [false, true],
  ])('text, unicode %s, colour %s', (unicode, color) => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...REPORTS), fc.constantFrom(40, 80), (text, report, width) => {
        const screen = renderText(plant(report, text), { width, color, unicode, verbose: true });
        const left = color ? withoutOurCodes(screen) : screen;
        expect(Array.from(left).filter((character) => character !== '\n' && isDangerous(character))).toEqual(
          [],
        );
        if (!unicode) expect(left).toMatch(/^[\x20-\x7e\n]*$/);
      }),
      { numRuns: 300 },
    );
  });

  test('a planted newline makes no line of its own, but in a mend', () => {
    const rows = (report: Report): number =>
      renderText(report, { width: 100, color: false, unicode: true, verbose: true })
        .split('\n')
        .filter((line) => line.startsWith('FORGED')).length;
    for (const report of REPORTS) expect(rows(plant(report, '\nFORGED'))).toBe(0);
  });

  test('JSON holds no dangerous character raw, and reads back as it was', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...REPORTS), (text, report) => {
        const value = plant(report, text);
        const json = renderJson(value);
        expect(Array.from(json).filter((character) => character !== '\n' && isDangerous(character))).toEqual(
          [],
        );
        expect(JSON.parse(json)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u202egnp', '\\u{202e}gnp'],
    ['\x9b', '\\x9b'],
    ['\ud83d', '\\u{d83d}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['中文 é → ok', '中文 é → ok'],
  ])('%j is shown as %s', (raw, shown) => {
    expect(visible(raw)).toBe(shown);
  });

  test('ASCII keeps our own arrows readable', () => {
    expect(visibleAscii('a → b … é')).toBe('a -> b ... \\xe9');
  });
});
