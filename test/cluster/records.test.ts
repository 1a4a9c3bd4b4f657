import { describe, expect, test } from '@jest/globals';
import { createRecords } from '../../src/cluster/follow/records.ts';
import type { Decoder } from '../../src/runner/types.ts';

const answer = (id: string) =>
  ({ id, exitCode: 0, stdout: '', stderr: '', cut: [] }) satisfies ReturnType<Decoder['push']>[number];

/** A decoder that makes one answer of each word. */
const decoder = (end?: ReturnType<Decoder['end']>): Decoder => ({
  push: (text) => text.split(' ').map(answer),
  begun: () => true,
  end: () => end,
  lacking: () => [],
  strayText: () => '',
});
const deaf = { onStart: () => undefined, onResult: () => undefined };

describe('when it is over', () => {
  test('with every answer that was asked for', () => {
    const records = createRecords(decoder(), () => 0, deaf, 2);
    records.take('a');
    expect(records.outcome()).toBeUndefined();
    records.take('b');
    expect(records.outcome()).toEqual({ kind: 'complete' });
  });
  test('otherwise by the word of the runner', () => {
    const unknown = createRecords(decoder(), () => 0, deaf);
    unknown.take('a b c');
    expect(unknown.outcome()).toBeUndefined();
    const cut = createRecords(decoder({ reason: 'complete', records: 2 }), () => 0, deaf, 2);
    cut.take('a');
    expect(cut.outcome()).toEqual({ kind: 'records-missing' });
  });
});
