/** When the log is asked for, over a whole wait. */
import { describe, expect, test } from '@jest/globals';
import { logPauseMs } from '../../src/cluster/follow/log-poll.ts';

/** Moments of asking, where each answer takes so long. */
const moments = (untilMs: number, answerTakesMs: number, starting: boolean): readonly number[] => {
  const asked: number[] = [];
  for (let askedMs = 0; askedMs < untilMs; ) {
    asked.push(askedMs);
    const answeredMs = askedMs + answerTakesMs;
    askedMs = answeredMs + logPauseMs({ askedMs, answeredMs, starting });
  }
  return asked;
};

describe('before it has started', () => {
  test('at once, from 60 ms on every 20 ms, then less and less', () => {
    expect(moments(400, 0, true)).toEqual([
      0, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300, 360,
    ]);
  });

  test('the time that an answer takes is part of the 20 ms', () => {
    expect(moments(300, 15, true)).toEqual([0, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280]);
  });

  test('a slow answer is waited for: the next request follows it, and none overtakes it', () => {
    expect(moments(300, 70, true)).toEqual([0, 70, 140, 210, 280]);
  });

  test('after 300 ms each pause is a fifth of the wait, at most 250 ms', () => {
    const late = moments(10_000, 0, true).filter((at) => at >= 300);
    const pauses = late.slice(1).map((at, n) => Math.round(at - (late[n] ?? 0)));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBe(60);
    expect(pauses.at(-1)).toBe(250);
  });
});

test('a log that broke off is opened again after 50 ms, then less and less', () => {
  expect(moments(400, 0, false)).toEqual([0, 50, 100, 150, 200, 250, 300, 360]);
  expect(logPauseMs({ askedMs: 9_000, answeredMs: 9_001, starting: false })).toBe(250);
});
