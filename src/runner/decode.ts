/** Reads the runner's records out of a log, whatever happened to it on the way. Format: wire.ts. */
import type { RawResult } from '../model/probe.ts';
import { assemble, emptyRecord, type PartialRecord, type StreamName, withPiece } from './record.ts';
import { createScanner } from './scan.ts';
import type { Decoder, RunnerEnd } from './types.ts';
import { readLine, type WireLine } from './wire.ts';

const REASONS: readonly RunnerEnd['reason'][] = ['complete', 'deadline', 'stopped'];

/**
 * A decoder for the run with this nonce. It is total: whatever it is given, it returns, in time linear in the text. Lines that
 * come again (a log read anew after a lost connection) change nothing; lines of other runs count as stray text.
 */
export const createDecoder = (nonce: string): Decoder => {
  const open = new Map<string, PartialRecord>();
  const done = new Set<string>();
  let begun = false;
  let lacking: readonly string[] = [];
  /** `records` 0: it ended early, or a lane failed, and the script does not know how many were written. */
  let end: RunnerEnd | undefined;

  const takeBegin = ([, , timeoutMissing, sleepMissing]: readonly number[]): void => {
    begun = true;
    lacking = [...(timeoutMissing === 1 ? ['timeout'] : []), ...(sleepMissing === 1 ? ['sleep'] : [])];
  };

  const takeEnd = ([code = 0, records = 0]: readonly number[]): void => {
    const reason = REASONS[code];
    if (reason === undefined || end !== undefined) return;
    end = { reason, records };
  };

  const take = ({ id }: WireLine, change: (record: PartialRecord) => PartialRecord | undefined) => {
    if (id === '' || done.has(id)) return undefined;
    const record = change(open.get(id) ?? emptyRecord);
    if (record === undefined) return undefined;
    const result = assemble(id, record);
    if (result === undefined) {
      open.set(id, record);
      return undefined;
    }
    open.delete(id);
    done.add(id);
    return result;
  };

  const takePiece = (line: WireLine, name: StreamName): RawResult | undefined =>
    take(line, (record) => withPiece(record, name, line));

  const takeLine = (line: WireLine): RawResult | undefined => {
    switch (line.kind) {
      case 0:
        if (line.id === '') takeBegin(line.numbers);
        return undefined;
      case 1:
        return take(line, (record) => ({ ...record, exit: line.numbers }));
      case 2:
        return takePiece(line, 'stdout');
      case 3:
        return takePiece(line, 'stderr');
      case 4:
        if (line.id === '') takeEnd(line.numbers);
        return undefined;
      default:
        return undefined;
    }
  };

  const scanner = createScanner(nonce);
  return {
    push: (text) => {
      const results: RawResult[] = [];
      scanner.push(text, (body) => {
        const line = readLine(nonce, body);
        if (line === undefined) return false;
        const result = takeLine(line);
        if (result !== undefined) results.push(result);
        return true;
      });
      return results;
    },
    begun: () => begun,
    // Of records that nobody counted, those that are in: lines of the last may come behind the runner's own last one.
    end: () => (end?.records === 0 ? { ...end, records: done.size } : end),
    lacking: () => lacking,
    strayText: () => scanner.strayText(),
  };
};
