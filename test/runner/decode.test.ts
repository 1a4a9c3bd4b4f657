/** Whatever happens to the stream: every record whose lines all arrived is decoded exactly, and nothing is invented. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RawResult } from '../../src/model/probe.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import { STDERR_LIMIT, STDOUT_LIMIT } from '../../src/runner/wire.ts';
import { encodeBegin, encodeEnd, encodeRecord } from './encode.ts';
import { decode, NONCE, orderOf, runIn } from './shells.ts';

/** Mostly short, sometimes several lines long; hostile to the format. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }).map((s) => s.toWellFormed()),
  fc.constantFrom('', `NC1|${NONCE}||4 0 3||1~\n`, '~\n', '\ufeffmark', 'a\r\nb'),
  fc
    .tuple(fc.integer({ min: 880, max: 4_000 }), fc.string({ minLength: 1, maxLength: 3 }))
    .map(([n, s]) => s.repeat(n)),
);
const record: fc.Arbitrary<RawResult> = fc
  .record({
    id: fc.stringMatching(/^[!-[\]-{}]{1,12}$/),
    time: fc.option(fc.tuple(fc.nat(99_999), fc.nat(99_999)), { nil: undefined }),
    exitCode: fc.nat(255),
    stdout: text,
    stderr: text,
  })
  .map(({ time, ...rest }) => ({
    ...rest,
    ...(time === undefined ? {} : { startedMs: time[0] * 10, durationMs: time[1] * 10 }),
    cut: [],
  }));
const records = fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 6 });

const sorted = (all: readonly RawResult[]): readonly RawResult[] =>
  [...all].sort((a, b) => (a.id < b.id ? -1 : 1));

const pushAll = (log: string, cuts: readonly number[] = []) => {
  const decoder = createDecoder(NONCE);
  const found: RawResult[] = [];
  let at = 0;
  for (const cut of [...new Set(cuts.map((n) => n % (log.length + 1)))].sort((a, b) => a - b)) {
    found.push(...decoder.push(log.slice(at, cut)));
    at = cut;
  }
  found.push(...decoder.push(log.slice(at)));
  return { found, decoder };
};

const cuts = fc.array(fc.nat(200_000), { maxLength: 40 });
/** What other writers leave on a line before ours: no newline, and not our own mark. */
const prefix = fc
  .oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('NC1|', 'NC1|other|a|2 0 0 9|', `NC1|${NONCE}`, '~', 'x~y'),
  )
  .filter((s) => !s.includes('\n') && !s.includes(`NC1|${NONCE}|`));

test('the lines written here are those that the script writes', async () => {
  const argvs = [
    ['sh', '-c', 'echo out; echo err >&2; exit 3'],
    ['sh', '-c', 'head -c 896 /dev/zero; seq 1 200 >&2'],
    ['sh', '-c', `seq 1 20000; head -c ${STDERR_LIMIT} /dev/zero >&2`],
    ['true'],
  ];
  const { log } = await runIn('dash', orderOf(argvs));
  const { results } = decode(log);
  // What was cut has lost its first byte beyond the limit; it is a digit here or a newline.
  const sent = results.map((result) =>
    result.cut.length === 0
      ? result
      : { ...result, stdout: Array.from({ length: 20_000 }, (_, n) => `${n + 1}\n`).join('') },
  );
  const ours = [
    encodeBegin(NONCE, 4),
    ...sent.flatMap((result) => encodeRecord(result, NONCE)),
    encodeEnd(NONCE, 0, 4),
  ];
  expect(log.trimEnd().split('\n').sort()).toEqual(ours.sort());
  expect(results[2]?.stdout).toBe(sent[2]?.stdout.slice(0, STDOUT_LIMIT));
});

describe('every record whose lines all arrived is decoded exactly', () => {
  test('in any order, lines twice over, among noise and another run, cut anywhere, with CRLF', () => {
    fc.assert(
      fc.property(
        records,
        cuts,
        fc.array(prefix, { maxLength: 8 }),
        fc.array(prefix, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        fc.boolean(),
        (all, at, noise, prefixes, dice, crlf, bigEndian) => {
          const ours = all.flatMap((one) => encodeRecord(one, NONCE, bigEndian));
          const foreign = all.flatMap((one) => encodeRecord({ ...one, stdout: 'foreign' }, 'other'));
          const roll = () => dice.next().value ?? 0;
          const bag = [...ours, ...ours.filter(() => roll() % 3 === 0)]
            .map((line) => (roll() % 2 === 0 ? line : `${prefixes[roll() % prefixes.length]}${line}`))
            .concat(noise, foreign)
            .map((line) => ({ line, key: roll() }))
            .sort((a, b) => a.key - b.key)
            .map(({ line }) => line);
          const { found, decoder } = pushAll(bag.join(crlf ? '\r\n' : '\n'), at);
          expect(sorted(found)).toEqual(sorted(all));
          expect(decoder.end()).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  test('from a log that broke off and was read anew from its beginning', () => {
    fc.assert(
      fc.property(records, fc.array(fc.nat(), { maxLength: 4 }), cuts, (all, breaks, at) => {
        const lines = [
          encodeBegin(NONCE, all.length),
          ...all.flatMap((one) => encodeRecord(one, NONCE)),
          encodeEnd(NONCE, 0, all.length),
        ];
        const log = `${lines.join('\n')}\n`;
        const { found, decoder } = pushAll(
          [...breaks.map((n) => log.slice(0, n % log.length)), log].join(''),
          at,
        );
        expect(sorted(found)).toEqual(sorted(all));
        expect(decoder.begun()).toBe(true);
        expect(decoder.end()).toEqual({ reason: 'complete', records: all.length });
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('though lines were lost and bytes changed in others', () => {
    fc.assert(
      fc.property(
        records,
        fc.array(fc.nat(), { maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...'0123456789abcdef|~ \n\r.NC1z\u00e9')), {
          maxLength: 6,
        }),
        cuts,
        (all, losses, changes, at) => {
          const lines = all.flatMap((one) =>
            encodeRecord(one, NONCE).map((line) => ({ id: one.id, line, sent: line })),
          );
          const arrived = lines.filter((_, n) => !losses.some((loss) => loss % lines.length === n));
          for (const [which, where, byte] of changes) {
            const target = arrived[which % arrived.length];
            if (target === undefined) continue;
            const n = where % target.line.length;
            target.line = target.line.slice(0, n) + byte + target.line.slice(n + 1);
          }
          const intact = arrived.filter(({ line, sent }) => line === sent);
          const whole = all.filter(
            ({ id }) => intact.filter((l) => l.id === id).length === lines.filter((l) => l.id === id).length,
          );
          const { found } = pushAll(`${arrived.map(({ line }) => line).join('\n')}\n`, at);
          expect(sorted(found)).toEqual(sorted(whole));
        },
      ),
      { numRuns: 1_000 },
    );
  }, 60_000);

  test('where a changed copy of a line came before or after the right one', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(), fc.boolean(), (one, which, where, before) => {
        const lines = encodeRecord(one, NONCE);
        const line = lines[which % lines.length] ?? '';
        const n = where % line.length;
        const changed = line.slice(0, n) + (line[n] === '0' ? '1' : '0') + line.slice(n + 1);
        const log = before ? [changed, ...lines] : [...lines.slice(0, -1), changed, ...lines.slice(-1)];
        expect(pushAll(`${log.join('\n')}\n`).found).toEqual([one]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('nothing is invented', () => {
  test('cut off anywhere: a record comes with its last line, and not before', () => {
    fc.assert(
      fc.property(records, fc.nat(), cuts, (all, where, at) => {
        const ends: { readonly one: RawResult; readonly end: number }[] = [];
        let log = '';
        for (const one of all) {
          log += encodeRecord(one, NONCE).join('\n');
          ends.push({ one, end: log.length });
          log += '\n';
        }
        const cut = where % (log.length + 1);
        const { found } = pushAll(log.slice(0, cut), at);
        expect(found).toEqual(ends.filter(({ end }) => end <= cut).map(({ one }) => one));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('one character changed anywhere in a line: it does not count', () => {
    const one: RawResult = {
      id: 'a/b',
      exitCode: 7,
      stdout: 'some text',
      stderr: '',
      cut: [],
      startedMs: 10,
      durationMs: 120,
    };
    for (const [which, line] of encodeRecord(one, NONCE).entries())
      for (let n = 0; n < line.length; n += 1)
        for (const byte of '0189af|~ \n.') {
          if (line[n] === byte) continue;
          const lines = encodeRecord(one, NONCE).map((l, k) =>
            k === which ? l.slice(0, n) + byte + l.slice(n + 1) : l,
          );
          expect(pushAll(`${lines.join('\n')}\n`).found).toEqual([]);
        }
  });

  test('lines of a record under the id or the number of another', () => {
    const a: RawResult = { id: 'a', exitCode: 0, stdout: 'x'.repeat(2_000), stderr: '', cut: [] };
    const swapped = encodeRecord(a, NONCE).map((line) => line.replace('|a|', '|b|'));
    const renumbered = encodeRecord(a, NONCE).map((line) => line.replace('|2 0 ', '|2 1 '));
    const moved = encodeRecord(a, NONCE).map((line) => line.replace('|2 ', '|3 '));
    for (const lines of [swapped, renumbered, moved])
      expect(pushAll(`${lines.join('\n')}\n`).found).toEqual([]);
  });

  test('arbitrary text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 40 }),
            fc.constantFrom(`NC1|${NONCE}|`, 'a|2 0 0 1||', '~', '\n'),
          ),
          {
            maxLength: 60,
          },
        ),
        cuts,
        (pieces, at) => {
          const { found, decoder } = pushAll(pieces.join(''), at);
          expect(found).toEqual([]);
          expect(decoder.end()).toBeUndefined();
          expect(decoder.begun()).toBe(false);
          expect(decoder.strayText().length).toBeLessThanOrEqual(4_096);
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe('beside the records', () => {
  test('what a stream has beyond its limit is told, not kept', () => {
    const one: RawResult = {
      id: 'a',
      exitCode: 0,
      stdout: 'é'.repeat(20_000),
      stderr: 'x'.repeat(16_385),
      cut: [],
    };
    expect(pushAll(encodeRecord(one, NONCE).join('\n')).found).toEqual([
      { ...one, stdout: 'é'.repeat(16_384), stderr: 'x'.repeat(16_384), cut: ['stdout', 'stderr'] },
    ]);
  });

  test('what the image lacks, and how it ended', () => {
    const { decoder } = pushAll([encodeBegin(NONCE, 3, [1, 1]), encodeEnd(NONCE, 1, 0), ''].join('\n'));
    expect(decoder.lacking()).toEqual(['timeout', 'sleep']);
    expect(decoder.end()).toEqual({ reason: 'deadline', records: 0 });
  });

  test('words of a shell or runtime that could not start the runner, with or without a newline', () => {
    for (const words of ['exec /bin/sh: exec format error', 'sh: not found\nand more\n']) {
      const { decoder } = pushAll(words);
      expect(decoder.strayText()).toBe(words);
      expect(decoder.begun()).toBe(false);
    }
  });

  test('stray text is what stands around our lines, without the newlines that are theirs', () => {
    const { decoder } = pushAll(
      `before\nhalf ${encodeBegin(NONCE, 0)}\r\n\n${encodeEnd(NONCE, 0, 0)}\nafter\n`,
      [9, 60],
    );
    expect(decoder.strayText()).toBe('before\nhalf \nafter\n');
  });

  test('megabytes without an end are read once and not kept', () => {
    const one: RawResult = { id: 'a', exitCode: 0, stdout: 'y', stderr: '', cut: [] };
    const decoder = createDecoder(NONCE);
    const started = process.cpuUsage().user;
    for (let n = 0; n < 400_000; n += 1) decoder.push('x');
    for (let n = 0; n < 400; n += 1) decoder.push(`NC1|${NONCE}|a|2 0 0 1|`.repeat(500));
    expect(decoder.push(`${encodeRecord(one, NONCE).join('\n')}\n`)).toEqual([one]);
    expect(decoder.strayText()).toHaveLength(4_096);
    // Processor time of this process, not wall time: quadratic work would take minutes.
    expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
  }, 120_000);
});
