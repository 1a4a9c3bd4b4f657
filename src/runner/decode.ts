/** Reads the runner's records out of a log, whatever happened to it on the way. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { RawResult } from '../model/probe.ts';
import { STDERR_LIMIT, STDOUT_LIMIT } from './script.ts';
import type { Decoder, RunnerEnd } from './types.ts';

const LINE = /NC1\|([a-z0-9]+)\|([0-9]{1,5}|[be])\|([0-9]{1,4})\|([+.])\|([A-Za-z0-9+/=,]{0,4000})~/g;
const RESULT = /^([A-Za-z0-9+/=]*),(\d*),(\d*),(\d{1,3}),([A-Za-z0-9+/=]*),([A-Za-z0-9+/=]*),$/;
const SUMMED = /^(.*,)([0-9a-f]{64})$/;
const STRAY_LIMIT = 4_096;
/** A line of ours is far shorter: what is longer without a newline is somebody else's. */
const LONGEST_LINE = 65_536;

interface Pieces {
  readonly chunks: Map<number, string>;
  last: number | undefined;
}

const text = (base64: string, limit: number): { readonly text: string; readonly cut: boolean } => {
  const bytes = Buffer.from(base64, 'base64');
  return { text: bytes.subarray(0, limit).toString('utf8'), cut: bytes.length > limit };
};

const centiseconds = (digits: string): number | undefined =>
  digits === '' ? undefined : Number(digits) * 10;

const resultOf = (payload: string): RawResult | undefined => {
  const match = RESULT.exec(payload);
  if (match === null) return undefined;
  const [, id = '', started = '', duration = '', exitCode = '', stdout = '', stderr = ''] = match;
  const out = text(stdout, STDOUT_LIMIT);
  const err = text(stderr, STDERR_LIMIT);
  return {
    id: Buffer.from(id, 'base64').toString('utf8'),
    startedMs: centiseconds(started),
    durationMs: centiseconds(duration),
    exitCode: Number(exitCode),
    stdout: out.text,
    stderr: err.text,
    cut: [...(out.cut ? (['stdout'] as const) : []), ...(err.cut ? (['stderr'] as const) : [])],
  };
};

/** As sha256sum prints it. */
export const checksum = (payload: string): string => createHash('sha256').update(payload).digest('hex');

/** The payload, when all its pieces are there and the checksum is right. */
const whole = ({ chunks, last }: Pieces): string | undefined => {
  if (last === undefined) return undefined;
  let joined = '';
  for (let i = 0; i <= last; i += 1) {
    const chunk = chunks.get(i);
    if (chunk === undefined) return undefined;
    joined += chunk;
  }
  const match = SUMMED.exec(joined);
  if (match?.[1] === undefined || checksum(match[1]) !== match[2]) return undefined;
  return match[1];
};

export const createDecoder = (nonce: string): Decoder => {
  const open = new Map<string, Pieces>();
  const done = new Set<string>();
  let begun = false;
  let end: RunnerEnd | undefined;
  let rest = '';
  let stray = '';
  let records = 0;

  const takeChunk = (key: string, index: number, more: boolean, chunk: string): RawResult | undefined => {
    if (done.has(key)) return undefined;
    const pieces = open.get(key) ?? { chunks: new Map<number, string>(), last: undefined };
    open.set(key, pieces);
    pieces.chunks.set(index, chunk);
    if (!more) pieces.last = index;
    const payload = whole(pieces);
    if (payload === undefined) return undefined;
    if (key === 'b') begun = true;
    else if (key === 'e') {
      const reason = payload.slice(0, -1);
      if (reason === 'complete' || reason === 'deadline') end = { reason, records };
    } else {
      const result = resultOf(payload);
      if (result === undefined) return undefined;
      records += 1;
      done.add(key);
      open.delete(key);
      return result;
    }
    done.add(key);
    open.delete(key);
    return undefined;
  };

  const takeLine = (line: string): readonly RawResult[] => {
    const results: RawResult[] = [];
    let ours = false;
    for (const match of line.matchAll(LINE)) {
      const [, theirNonce, key = '', index, mark, chunk = ''] = match;
      if (theirNonce !== nonce) continue;
      ours = true;
      const result = takeChunk(key, Number(index), mark === '+', chunk);
      if (result !== undefined) results.push(result);
    }
    if (!ours && stray.length < STRAY_LIMIT) stray = `${stray}${line}\n`.slice(0, STRAY_LIMIT);
    return results;
  };

  return {
    push: (piece) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) rest = rest.slice(-LONGEST_LINE);
      return lines.flatMap(takeLine);
    },
    begun: () => begun,
    end: () => end,
    strayText: () => (stray + (rest.startsWith('NC1|') ? '' : rest)).trim().slice(0, STRAY_LIMIT),
  };
};
