/** How following the debug container ended, by name. */
import { describe, expect, test } from '@jest/globals';
import { entryOf, type Outcome, type Seen } from '../../src/cluster/follow/entry-of.ts';
import type { ContainerEnd } from '../../src/cluster/watchdog.ts';
import { entrySchema } from '../../src/model/entry.ts';

const base = { container: 'netcheck-bcdfg', image: 'registry.test/netshoot:1' };
const nothing: Seen = { ran: false, startMs: undefined, pulling: false, trouble: undefined, strayText: '' };
const running: Seen = { ...nothing, ran: true, startMs: 130 };

const entry = (outcome: Outcome, seen: Seen) => {
  const named = entryOf(outcome, base, seen);
  // What a case file can hold, and nothing besides.
  expect(entrySchema.parse(named)).toEqual(named);
  return named;
};
const ended = (end: Partial<ContainerEnd>): Outcome => ({
  kind: 'ended',
  end: { exitCode: 0, reason: undefined, message: undefined, ...end },
});

test.each<[Outcome, object]>([
  [{ kind: 'complete' }, { end: 'complete' }],
  [{ kind: 'runner-deadline' }, { end: 'deadline' }],
  [
    { kind: 'runner-stopped' },
    { end: 'container-ended', detail: 'a signal ended it, as when its pod is deleted' },
  ],
  [
    { kind: 'records-missing' },
    { end: 'connection-lost', detail: 'the runner came to its end, and its log lacks records' },
  ],
  [
    { kind: 'lost', reason: 'the pod was deleted meanwhile' },
    { end: 'connection-lost', detail: 'the pod was deleted meanwhile' },
  ],
])('%j', (outcome, told) => {
  expect(entry(outcome, running)).toEqual({ state: 'ran', ...base, startMs: 130, ...told });
});

test('the start is left out where the log never brought a text', () => {
  const lost: Outcome = { kind: 'lost', reason: 'x' };
  expect(entry(lost, nothing)).toEqual({ state: 'ran', ...base, end: 'connection-lost', detail: 'x' });
});

test.each(['event', 'status'] as const)('a failure to start, in the words of the %s', (toldBy) => {
  const failure = { reason: 'ErrImagePull', message: 'no such image', toldBy };
  expect(entry({ kind: 'failed', failure }, nothing)).toEqual({ state: 'not-started', ...base, ...failure });
});

describe('the container ended without the last record', () => {
  test('exit code, reason, message and what a shell said', () => {
    const outcome = ended({ exitCode: 127, reason: 'Error', message: 'no shell' });
    expect(entry(outcome, { ...running, strayText: 'sh: not found\n' })).toEqual({
      state: 'ran',
      ...base,
      startMs: 130,
      end: 'container-ended',
      exitCode: 127,
      detail: 'Error: no shell: sh: not found',
    });
  });

  test('lines of a log that was read again count once; others stay in their order', () => {
    const strayText = 'b: first\na: second\nb: first\na: second\nc\n';
    expect(entry(ended({ exitCode: 1 }), { ...running, strayText })).toMatchObject({
      detail: 'b: first\na: second\nc',
    });
  });

  test('nothing was said: no detail', () => {
    expect(entry(ended({ exitCode: 137, message: '' }), { ...running, strayText: '\n' })).toEqual({
      state: 'ran',
      ...base,
      startMs: 130,
      end: 'container-ended',
      exitCode: 137,
    });
  });

  test('what was said is cut at 1000 characters', () => {
    const named = entry(ended({ reason: 'Error' }), { ...running, strayText: 'x'.repeat(4096) });
    expect(named).toMatchObject({ detail: `Error: ${'x'.repeat(993)}` });
  });

  test('its message says that the runner was through: the log is what lacks, not the run', () => {
    expect(entry(ended({ message: 'netcheck: complete NC1|n||4 0 5||1~' }), running)).toEqual({
      state: 'ran',
      ...base,
      startMs: 130,
      end: 'connection-lost',
      detail: 'the runner came to its end, and its log lacks records',
    });
  });

  test.each(['netcheck: deadline NC1|n||4 1 0||1~', 'said netcheck: complete'])(
    'another message says no such thing: %s',
    (message) => {
      expect(entry(ended({ exitCode: 124, message }), running)).toMatchObject({
        end: 'container-ended',
        exitCode: 124,
        detail: message,
      });
    },
  );
});

describe('we stopped following', () => {
  const timeout: Outcome = { kind: 'stopped', by: 'timeout' };
  const interrupt: Outcome = { kind: 'stopped', by: 'interrupt' };

  test.each([
    [timeout, 'timeout'],
    [interrupt, 'interrupted'],
  ])('while it ran: %j', (outcome, end) => {
    expect(entry(outcome, running)).toEqual({ state: 'ran', ...base, startMs: 130, end });
  });

  test.each([
    [timeout, 'timeout'],
    [interrupt, 'interrupted'],
  ])('while it ran and its log could not be read: %j', (outcome, end) => {
    expect(entry(outcome, { ...running, trouble: 'pods is forbidden' })).toEqual({
      state: 'ran',
      ...base,
      startMs: 130,
      end,
      detail: 'the log could not be read: pods is forbidden',
    });
  });

  test('the status alone says that it ran', () => {
    expect(entry(timeout, { ...nothing, ran: true })).toEqual({ state: 'ran', ...base, end: 'timeout' });
  });

  test.each([
    [timeout, 'Timeout'],
    [interrupt, 'Interrupted'],
  ])('before it had started: %j, with why the log was not there', (outcome, reason) => {
    const trouble = 'container is waiting to start: ContainerCreating';
    expect(entry(outcome, { ...nothing, trouble })).toEqual({
      state: 'not-started',
      ...base,
      reason,
      message: trouble,
      toldBy: 'deadline',
    });
  });

  test.each([
    [timeout, 'Timeout'],
    [interrupt, 'Interrupted'],
  ])('while its image was being pulled: %j, with what to do', (outcome, reason) => {
    const named = entry(outcome, { ...nothing, pulling: true, trouble: 'waiting to start' });
    expect(named).toMatchObject({
      state: 'not-started',
      reason,
      message: expect.stringMatching(/still being pulled.*--timeout.*--image/),
    });
  });

  test('nothing was to be had at all: says so', () => {
    expect(entry(timeout, nothing)).toMatchObject({
      state: 'not-started',
      message: 'neither the log nor the status of the debug container was to be had',
    });
  });
});
