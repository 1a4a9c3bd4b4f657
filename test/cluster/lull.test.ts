import { describe, expect, jest, test } from '@jest/globals';
import { whenQuiet } from '../../src/cluster/lull.ts';

const quiet = () => {
  jest.useFakeTimers();
  const then = jest.fn();
  return { then, lull: whenQuiet(40, then), pass: (ms: number) => jest.advanceTimersByTime(ms) };
};

describe('whenQuiet', () => {
  test('waits for the first word', () => {
    const { then, pass } = quiet();
    pass(1_000);
    expect(then).not.toHaveBeenCalled();
  });
  test('each word puts it off, silence calls it, once', () => {
    const { then, lull, pass } = quiet();
    lull.heard();
    pass(39);
    lull.heard();
    pass(39);
    expect(then).not.toHaveBeenCalled();
    pass(1);
    lull.heard();
    pass(1_000);
    expect(then).toHaveBeenCalledTimes(1);
  });
  test('is called off', () => {
    const { then, lull, pass } = quiet();
    lull.heard();
    lull.end();
    lull.heard();
    pass(1_000);
    expect(then).not.toHaveBeenCalled();
  });
});
