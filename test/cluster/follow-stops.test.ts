/** Where following stops before the runner came to its end. */
import { describe, expect, test } from '@jest/globals';
import { BEGIN, container, eventOf, logOf, play, RECORDS, results, waiting } from './scripted-follow.ts';

describe('the log stays away', () => {
  test('an event says that it will never start', async () => {
    const events = [eventOf('Warning', 'Failed', 'Failed to pull image "x": not found')];
    expect((await play({ log: [waiting], events })).entry).toEqual({
      state: 'not-started',
      container: container.container,
      image: container.image,
      reason: 'ErrImagePull',
      message: 'Failed to pull image "x": not found',
      toldBy: 'event',
    });
  });

  test('a pull is told, and is no failure', async () => {
    const stop = new AbortController();
    const events = [eventOf('Normal', 'Pulling', 'Pulling image "x"')];
    const played = await play({
      log: [waiting],
      events,
      signal: stop.signal,
      // Long after the first look.
      onLog: (nth) => nth === 25 && stop.abort(new Error('enough')),
    });
    expect(played.told).toContain('Pulling image "x"');
    expect(played.entry).toMatchObject({
      state: 'not-started',
      reason: 'Interrupted',
      message: expect.stringContaining('still being pulled'),
    });
  });

  test.each([
    ['Timeout', new DOMException('late', 'TimeoutError')],
    ['Interrupted', new Error('SIGINT')],
  ])('until we stop: %s, with the words of the last refusal', async (reason, cause) => {
    const stop = new AbortController();
    const played = await play({
      log: [waiting],
      signal: stop.signal,
      onLog: (nth) => nth === 3 && stop.abort(cause),
    });
    expect(played.entry).toMatchObject({
      state: 'not-started',
      reason,
      message: expect.stringContaining('waiting to start'),
    });
  });
});

test.each([
  ['timeout', new DOMException('late', 'TimeoutError')],
  ['interrupted', new Error('SIGINT')],
])('stopped while it ran: %s, and what had arrived is kept', async (end, cause) => {
  const stop = new AbortController();
  const pieces = [BEGIN, ...RECORDS.slice(0, 2)];
  const played = play({ log: [logOf('stays open', ...pieces)], signal: stop.signal });
  setTimeout(() => stop.abort(cause), 50);
  expect(await played).toMatchObject({ entry: { state: 'ran', end }, runs: results.slice(0, 2) });
});
