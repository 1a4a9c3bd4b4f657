/** What each answer of the log leads to. */
import { describe, expect, test } from '@jest/globals';
import { encodeEnd } from '../runner/encode.ts';
import {
  BEGIN,
  container,
  END,
  logOf,
  NONCE,
  play,
  podWith,
  RECORDS,
  results,
  waiting,
  whole,
} from './scripted-follow.ts';

describe('the log', () => {
  test('is asked for until it is there, one request at a time, and followed', async () => {
    const played = await play({ log: [...Array.from({ length: 12 }, () => waiting), whole()] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played.logQueries).toEqual(
      Array.from({ length: 13 }, () => ({ container: container.container, follow: 'true' })),
    );
    expect(played.mostAtOnce).toBe(1);
    expect(played.told).toEqual(['start', 1, 2, 3]);
  });

  test('with the last record all is in: its end is not waited for, and the connection is given back', async () => {
    const played = await play({ log: [whole('stays open')] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played).toMatchObject({ heldOpen: 0, closed: 1 });
    expect(played.logQueries).toHaveLength(1);
  });

  test.each([
    [1, { end: 'deadline' }],
    [2, { end: 'container-ended', detail: 'a signal ended it, as when its pod is deleted' }],
  ])(
    'an early end (%i) leaves nothing to come: the end of the log is not waited for either',
    async (reason, told) => {
      const early = logOf('stays open', BEGIN, RECORDS[0] ?? '', `${encodeEnd(NONCE, reason, 0)}\n`);
      const played = await play({ log: [early] });
      expect(played.entry).toMatchObject({ state: 'ran', ...told });
      expect(played.runs).toEqual(results.slice(0, 1));
      expect(played.heldOpen).toBe(0);
      expect(played.logQueries).toHaveLength(1);
    },
  );

  test('that broke off is read again: nothing is lost, and nothing counts twice', async () => {
    const [first = '', second = ''] = RECORDS;
    const played = await play({
      log: [
        logOf('breaks', BEGIN, first, second.slice(0, 20)),
        { status: 500, message: 'dial tcp: i/o timeout' },
        whole(),
      ],
    });
    expect(played.entry).toEqual({
      state: 'ran',
      container: container.container,
      image: container.image,
      end: 'complete',
      startMs: expect.any(Number),
    });
    expect(played.runs).toEqual(results);
    expect(played.told).toEqual(['start', 1, 2, 3]);
  });
});

describe('the last record is in, and others are not', () => {
  const damaged = logOf('ends', BEGIN, RECORDS[0] ?? '', (RECORDS[1] ?? '').replace('|', '!'), END);

  test('the log is read again, as it is, and is complete with what was missing', async () => {
    const played = await play({ log: [damaged, whole('stays open')] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played.heldOpen).toBe(0);
    expect(played.logQueries).toEqual([
      { container: container.container, follow: 'true' },
      { container: container.container },
    ]);
  });

  test('they never come: that is said, and what is there is kept', async () => {
    const played = await play({ log: [damaged] });
    expect(played.entry).toMatchObject({
      state: 'ran',
      end: 'connection-lost',
      detail: 'the runner came to its end, and its log lacks records',
    });
    expect(played.runs.map(({ id }) => id)).toEqual(['a']);
    expect(played.logQueries).toHaveLength(3);
  });
});

describe('a log that ends without the last record', () => {
  const cutOff = logOf('ends', BEGIN, RECORDS[0] ?? '');

  test('the container has ended: read again in case more is there, then its end is told', async () => {
    const pod = podWith({ terminated: { exitCode: 137, reason: 'OOMKilled' } });
    const played = await play({ log: [cutOff], pod });
    expect(played.entry).toMatchObject({
      state: 'ran',
      end: 'container-ended',
      exitCode: 137,
      detail: 'OOMKilled',
    });
    expect(played.runs).toEqual(results.slice(0, 1));
    expect(played.logQueries).toHaveLength(3);
  });

  test('the rest is there at the second reading', async () => {
    const pod = podWith({ terminated: { exitCode: 0, reason: 'Completed' } });
    const played = await play({ log: [cutOff, whole()], pod });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
  });

  test('the container runs on: its log is followed further', async () => {
    const pod = podWith({ running: {} });
    const played = await play({ log: [cutOff, cutOff, cutOff, cutOff, cutOff, whole()], pod });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
  });

  test.each([
    ['the pod is another one', { spec: {} }, 'the pod was replaced meanwhile by another of the same name'],
    ['the status does not know the container yet', podWith(undefined), undefined],
  ])('%s', async (_, pod, detail) => {
    const played = await play({ log: [cutOff, whole()], pod });
    expect(played.entry).toMatchObject(
      detail === undefined ? { end: 'complete' } : { end: 'connection-lost', detail },
    );
  });
});
