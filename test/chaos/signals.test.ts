/** The bundle in a process of its own, stopped at any moment, or with nobody who reads what it says: a share of what robustness plays. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hangingLogin, stopLookAlike } from '../robustness/signals.ts';
import {
  allEnd,
  debugContainers,
  inShell,
  type Stage,
  setStage,
  startRun,
  statusOf,
  stopAfter,
  UNREAD,
  wrongOf,
  wrongOfUnread,
} from '../robustness/stopping.ts';
import { inLanes } from './lab.ts';

const PATIENCE = 120_000;
const LANES = 3;
/** The promise is 2 s; the rest is for a machine with other things to do. */
const LONGEST_MS = 10_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage([...Array.from({ length: LANES }, (_, lane) => `pod-${lane}`), 'left']);
}, PATIENCE);
afterAll(() => stage?.remove());

describe('stopped', () => {
  test(
    'SIGINT at 20 moments: 130 soon after, and stdout holds a whole report or nothing',
    async () => {
      const moments = Array.from({ length: 20 }, (_, nth) => (nth * stage.plainMs) / 18);
      const results = await inLanes(LANES, moments, async (afterMs, lane) => {
        const format = Math.round(afterMs) % 2 === 0 ? 'text' : 'json';
        const ran = await stopAfter(stage, `pod-${lane}`, afterMs, ['SIGINT'], ['-o', format]);
        return { afterMs, ran, wrong: wrongOf(ran, 'SIGINT', format, LONGEST_MS) };
      });
      const wrong = results.filter((result) => result.wrong.length > 0);
      expect(
        wrong.map((result) => `after ${Math.round(result.afterMs)} ms: ${result.wrong.join('; ')}`),
      ).toEqual([]);
      expect(results.filter(({ ran }) => statusOf(ran) === 130).length).toBeGreaterThan(5);
    },
    PATIENCE,
  );

  test(
    'SIGTERM: 143; SIGHUP: 129; a second SIGINT ends it at once',
    async () => {
      const middle = stage.plainMs / 2;
      for (const [signals, signal] of [
        [['SIGTERM'], 'SIGTERM'],
        [['SIGHUP'], 'SIGHUP'],
        [['SIGINT', 'SIGINT'], 'SIGINT'],
      ] as const) {
        const ran = await stopAfter(stage, 'pod-0', middle, signals);
        expect(wrongOf(ran, signal, 'text', LONGEST_MS)).toEqual([]);
        expect(statusOf(ran)).not.toBe(0);
      }
    },
    PATIENCE,
  );

  test(
    'SIGINT at eight moments while a look-alike is asked: the pod goes',
    async () => {
      const moments = Array.from({ length: 8 }, (_, nth) => (nth * stage.plainMs * 1.5) / 7);
      const results = await inLanes(LANES, moments, (afterMs, lane) =>
        stopLookAlike(stage, `pod-${lane}`, afterMs, LONGEST_MS),
      );
      expect(results.flatMap(({ about, wrong }) => wrong.map((what) => `${about}: ${what}`))).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'while a login program hangs: the program ends, too',
    async () => {
      const ran = await stopAfter(stage, 'pod-1', 1_500, ['SIGINT'], [], hangingLogin(stage));
      expect(wrongOf(ran, 'SIGINT', 'text', LONGEST_MS)).toEqual([]);
      expect(ran.stdout).toBe('');
    },
    PATIENCE,
  );

  test(
    'what was added ends by itself after the run was stopped',
    async () => {
      const { child, end } = startRun(stage, 'left');
      while (debugContainers(stage, 'left').length === 0) await Promise.race([sleep(10), end]);
      child.kill('SIGINT');
      expect(statusOf(await end)).toBe(130);
      expect(await allEnd(stage, 'left', PATIENCE)).toBe(true);
      expect(debugContainers(stage, 'left')).toHaveLength(1);
    },
    PATIENCE,
  );
});

test.each(UNREAD)(
  'nobody reads: $script',
  async ({ script, right }) => {
    expect(wrongOfUnread(await inShell(stage, 'pod-2', script), right)).toEqual([]);
  },
  PATIENCE,
);
