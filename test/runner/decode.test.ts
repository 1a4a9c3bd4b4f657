/** Whatever happens to the stream: every whole record survives, nothing is invented. */

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RawResult } from '../../src/model/probe.ts';
import { checksum, createDecoder } from '../../src/runner/decode.ts';
import { CHUNK } from '../../src/runner/script.ts';
import { decode, orderOf, runIn } from './shells.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The script's format, written a second time: `script.test.ts` runs the real one. */
const encode = (key: string, payload: string, nonce = 'n0nce', chunk = CHUNK): readonly string[] => {
  const summed = `${payload}${checksum(payload)}`;
  const pieces = summed.match(new RegExp(`.{1,${chunk}}`, 'g')) ?? [];
  return pieces.map(
    (piece, index) => `NC1|${nonce}|${key}|${index}|${index + 1 < pieces.length ? '+' : '.'}|${piece}~`,
  );
};
const payloadOf = (result: RawResult): string =>
  `${base64(result.id)},${(result.startedMs ?? 0) / 10},${(result.durationMs ?? 0) / 10},${result.exitCode},${base64(result.stdout)},${base64(result.stderr)},`;

const wellFormed = fc.string({ unit: 'grapheme', maxLength: 400 });
const resultArbitrary: fc.Arbitrary<RawResult> = fc.record({
  id: fc.uuid(),
  startedMs: fc.nat(10_000).map((n) => n * 10),
  durationMs: fc.nat(10_000).map((n) => n * 10),
  exitCode: fc.nat(255),
  stdout: wellFormed,
  stderr: wellFormed,
  cut: fc.constant([]),
});
const results = fc.uniqueArray(resultArbitrary, { selector: ({ id }) => id, maxLength: 8 });
const linesOf = (all: readonly RawResult[], chunk: number) =>
  all.flatMap((result, index) => encode(String(index), payloadOf(result), 'n0nce', chunk));
const byId = (a: RawResult, b: RawResult) => (a.id < b.id ? -1 : 1);
const sorted = (all: readonly RawResult[]) => [...all].sort(byId);

const pushAll = (text: string, cuts: readonly number[]) => {
  const decoder = createDecoder('n0nce');
  const found: RawResult[] = [];
  let at = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b).filter((c) => c < text.length)) {
    found.push(...decoder.push(text.slice(at, cut)));
    at = cut;
  }
  found.push(...decoder.push(text.slice(at)));
  return { found: sorted(found), decoder };
};

test('the checksum is that of the tool', () => {
  const tool = execFileSync('sha256sum', { input: 'abc,', encoding: 'utf8' });
  expect(tool.split(' ')[0]).toBe(checksum('abc,'));
});

test('the format written here is the one that the script writes', async () => {
  const { log } = await runIn(
    'dash',
    orderOf([['printf', 'x%.0s', ...Array.from({ length: 4_000 }, () => '1')]]),
  );
  const [result] = decode(log).results;
  if (result === undefined) throw new Error('no record');
  const ours = encode('0', payloadOf(result));
  expect(log.split('\n').filter((line) => line.startsWith('NC1|n0nce|0|'))).toEqual(ours);
  expect(ours.length).toBeGreaterThan(1);
});

describe('every whole record survives', () => {
  test('pieces of any size, lines in any order, twice over, among noise and another run, with CRLF', () => {
    fc.assert(
      fc.property(
        results,
        fc.array(fc.nat(4_000), { maxLength: 20 }),
        fc.integer({ min: 20, max: 400 }),
        fc.array(
          fc.string({ unit: 'binary', maxLength: 60 }).map((s) => s.replaceAll('\n', ' ')),
          { maxLength: 10 },
        ),
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        (all, cuts, chunk, noise, dice, crlf) => {
          const foreign = encode(
            '0',
            payloadOf({ id: 'x', exitCode: 0, stdout: 'foreign', stderr: '', cut: [] }),
            'other',
          );
          const ours = linesOf(all, chunk);
          const bag = [...ours, ...ours, ...noise, ...foreign];
          for (let i = bag.length - 1; i > 0; i -= 1) {
            const j = (dice.next().value ?? 0) % (i + 1);
            [bag[i], bag[j]] = [bag[j] ?? '', bag[i] ?? ''];
          }
          const { found } = pushAll(`${bag.join(crlf ? '\r\n' : '\n')}\n`, cuts);
          expect(found).toEqual(sorted(all));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('behind a line that another writer left unfinished', () => {
    fc.assert(
      fc.property(results, fc.string({ maxLength: 40 }), (all, prefix) => {
        const text = linesOf(all, CHUNK)
          .map((line) => `${prefix.replaceAll('\n', '')}${line}\n`)
          .join('');
        expect(pushAll(text, []).found).toEqual(sorted(all));
      }),
    );
  });
});

describe('nothing is invented', () => {
  const isOneOf = (all: readonly RawResult[], found: readonly RawResult[]) => {
    const known = new Set(all.map((result) => JSON.stringify(result, Object.keys(result).sort())));
    for (const result of found) expect(known).toContain(JSON.stringify(result, Object.keys(result).sort()));
  };

  test('cut anywhere', () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 20, max: 400 }), fc.nat(100), (all, chunk, percent) => {
        const text = `${linesOf(all, chunk).join('\n')}\n`;
        isOneOf(all, pushAll(text.slice(0, Math.floor((text.length * percent) / 100)), []).found);
      }),
    );
  });

  test('bytes changed, lines lost', () => {
    fc.assert(
      fc.property(
        results,
        fc.integer({ min: 20, max: 400 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 32, max: 126 })), { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 3 }),
        (all, chunk, changes, losses) => {
          const lines = [...linesOf(all, chunk)];
          for (const loss of losses) if (lines.length > 0) lines.splice(loss % lines.length, 1);
          let text = `${lines.join('\n')}\n`;
          for (const [at, byte] of changes) {
            const index = at % text.length;
            text = text.slice(0, index) + String.fromCharCode(byte) + text.slice(index + 1);
          }
          isOneOf(all, pushAll(text, []).found);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const { found, decoder } = pushAll(`${text}\n`, []);
        expect(found).toEqual([]);
        expect(decoder.end()).toBeUndefined();
        expect(decoder.begun()).toBe(false);
      }),
    );
  });
});

test('a megabyte of one line neither hangs nor is kept', () => {
  const decoder = createDecoder('n0nce');
  for (let i = 0; i < 16; i += 1) decoder.push('NC1|n0nce|0|0|+|'.repeat(4_096));
  expect(
    decoder.push(
      `\n${encode('1', payloadOf({ id: 'x', exitCode: 0, stdout: 'y', stderr: '', cut: [] })).join('\n')}\n`,
    ),
  ).toHaveLength(1);
  expect(decoder.strayText().length).toBeLessThanOrEqual(4_096);
});

test('words of a shell that could not start the runner are kept for the report', () => {
  const decoder = createDecoder('n0nce');
  decoder.push('exec /bin/sh: exec format error');
  expect(decoder.strayText()).toBe('exec /bin/sh: exec format error');
  expect(decoder.begun()).toBe(false);
});
