/** One ask's record, from the lines that have come so far. */
import { Buffer } from 'node:buffer';
import type { RawResult } from '../model/probe.ts';
import { CHUNK_DIGITS, STDERR_LIMIT, STDOUT_LIMIT, type WireLine } from './wire.ts';

export type StreamName = 'stdout' | 'stderr';
const LIMITS: Readonly<Record<StreamName, number>> = { stdout: STDOUT_LIMIT, stderr: STDERR_LIMIT };

interface Stream {
  readonly pieces: ReadonlyMap<number, string>;
  /** Known with the last piece. */
  readonly last?: { readonly seq: number; readonly size: number };
}

export interface PartialRecord {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** CLOCK START DURATION STATUS */
  readonly exit?: readonly number[];
}

const emptyStream: Stream = { pieces: new Map() };
export const emptyRecord: PartialRecord = { stdout: emptyStream, stderr: emptyStream };

/** `od -t x4` prints 32-bit words as the machine reads them; this is what was in memory. */
const inMemory = (hex: string, bigEndian: boolean): string =>
  bigEndian ? hex : Buffer.from(hex, 'hex').swap32().toString('hex');

/** The record with one more piece; undefined when the numbers cannot be those of a piece. */
export const withPiece = (
  record: PartialRecord,
  name: StreamName,
  { numbers: [seq, bigEndian, sizePlusOne], hex }: WireLine,
): PartialRecord | undefined => {
  if (seq === undefined || sizePlusOne === undefined) return undefined;
  if (seq > ((LIMITS[name] + 1) * 2) / CHUNK_DIGITS) return undefined;
  const stream = record[name];
  const pieces = new Map(stream.pieces).set(seq, inMemory(hex, bigEndian === 1));
  const last = sizePlusOne === 0 ? stream.last : { seq, size: sizePlusOne - 1 };
  return { ...record, [name]: { pieces, ...(last === undefined ? {} : { last }) } };
};

/** Unreadable bytes become U+FFFD; a byte order mark is kept. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const readStream = (
  { pieces, last }: Stream,
  limit: number,
): { readonly text: string; readonly cut: boolean } | undefined => {
  if (last === undefined || pieces.size <= last.seq) return undefined;
  const hex = Array.from({ length: last.seq + 1 }, (_, seq) => pieces.get(seq) ?? '').join('');
  const bytes = Buffer.from(hex, 'hex');
  // The last word is filled up with zeros.
  if (bytes.length !== Math.ceil(last.size / 4) * 4) return undefined;
  return { text: utf8.decode(bytes.subarray(0, Math.min(last.size, limit))), cut: last.size > limit };
};

/** The result, once every line of the record is in. */
export const assemble = (id: string, { stdout, stderr, exit }: PartialRecord): RawResult | undefined => {
  if (exit === undefined) return undefined;
  const [clock, start = 0, duration = 0, exitCode] = exit;
  const out = readStream(stdout, LIMITS.stdout);
  const err = readStream(stderr, LIMITS.stderr);
  if (out === undefined || err === undefined || exitCode === undefined) return undefined;
  return {
    id,
    ...(clock === 1 ? { startedMs: start * 10, durationMs: duration * 10 } : {}),
    exitCode,
    stdout: out.text,
    stderr: err.text,
    cut: [...(out.cut ? (['stdout'] as const) : []), ...(err.cut ? (['stderr'] as const) : [])],
  };
};
