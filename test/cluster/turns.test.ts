/** Few at first; all, once a server proves to be far. */
import { describe, expect, test } from '@jest/globals';
import { createTurns } from '../../src/cluster/turns.ts';

const FAR_AWAY_MS = 60_000;

/** Which of these have got their turn, after all that can happen at once has happened. */
const started = async (turns: ReturnType<typeof createTurns>, count: number) => {
  const begun: number[] = [];
  for (let index = 0; index < count; index += 1) void turns.take().then(() => begun.push(index));
  await new Promise((resolve) => setImmediate(resolve));
  return begun;
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('while nothing is known of the server', () => {
  test('two go at once, and each answer lets the next one go, in order', async () => {
    const turns = createTurns(2, FAR_AWAY_MS);
    const begun = await started(turns, 5);
    expect(begun).toEqual([0, 1]);
    turns.give();
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    turns.give();
    turns.give();
    await settle();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  test('a turn that nobody waits for is kept', async () => {
    const turns = createTurns(1, FAR_AWAY_MS);
    expect(await started(turns, 1)).toEqual([0]);
    turns.give();
    const begun = await started(turns, 2);
    expect(begun).toEqual([0]);
  });
});

test('a server that has not answered in time is far: who waits goes, and whoever comes later', async () => {
  const turns = createTurns(1, 1);
  await turns.take();
  const late = [turns.take(), turns.take(), turns.take()];
  await Promise.all(late);
  await Promise.all([turns.take(), turns.take()]);
});
