/** The script's lines, written a second time. encode.test.ts holds it against the script itself. */
import type { RawResult } from '../../src/model/probe.ts';
import { addToSum, CHUNK_DIGITS, STDERR_LIMIT, STDOUT_LIMIT, seedOf } from '../../src/runner/wire.ts';

const sumOf = (seed: number, values: readonly number[]): number => values.reduce(addToSum, seed);

const lineOf = (nonce: string, id: string, numbers: readonly number[], words: readonly number[]): string => {
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return `NC1|${nonce}|${id}|${numbers.join(' ')}|${hex}|${sumOf(seedOf(nonce, id), [...words, ...numbers])}~`;
};

/** What `od -t x4` makes of the bytes. */
const wordsOf = (bytes: Buffer, bigEndian: boolean): readonly number[] => {
  const filled = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  bytes.copy(filled);
  return Array.from({ length: filled.length / 4 }, (_, n) =>
    bigEndian ? filled.readUInt32BE(n * 4) : filled.readUInt32LE(n * 4),
  );
};

const streamLines = (
  nonce: string,
  id: string,
  kind: number,
  text: string,
  limit: number,
  bigEndian: boolean,
): readonly string[] => {
  const bytes = Buffer.from(text).subarray(0, limit + 1);
  const words = wordsOf(bytes, bigEndian);
  const perLine = CHUNK_DIGITS / 8;
  const full = Math.floor(words.length / perLine);
  return Array.from({ length: full + 1 }, (_, seq) => {
    const last = seq === full ? bytes.length + 1 : 0;
    const numbers = [kind, seq, bigEndian ? 1 : 0, last];
    return lineOf(nonce, id, numbers, words.slice(seq * perLine, (seq + 1) * perLine));
  });
};

export const encodeRecord = (
  { id, startedMs, durationMs, exitCode, stdout, stderr }: RawResult,
  nonce: string,
  bigEndian = false,
): readonly string[] => {
  const clock = startedMs === undefined ? 0 : 1;
  return [
    lineOf(nonce, id, [1, clock, (startedMs ?? 0) / 10, (durationMs ?? 0) / 10, exitCode], []),
    ...streamLines(nonce, id, 3, stderr, STDERR_LIMIT, bigEndian),
    ...streamLines(nonce, id, 2, stdout, STDOUT_LIMIT, bigEndian),
  ];
};

export const encodeBegin = (
  nonce: string,
  asks: number,
  missing: readonly [number, number] = [0, 0],
): string => lineOf(nonce, '', [0, 1, asks, ...missing], []);

export const encodeEnd = (nonce: string, reason: number, records: number): string =>
  lineOf(nonce, '', [4, reason, records], []);
