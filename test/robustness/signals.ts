/** A run that is stopped at any moment, or that nobody reads. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLanes } from '../chaos/lab.ts';
import type { Figure, Part } from './figures.ts';
import {
  allEnd,
  inShell,
  lookAlikesOf,
  type Stage,
  type Stopped,
  setStage,
  statusOf,
  stopAfter,
  UNREAD,
  wrongOf,
  wrongOfUnread,
} from './stopping.ts';

const LANES = 2;
const PODS = Array.from({ length: LANES }, (_, lane) => `pod-${lane}`);
/** What is promised. */
const LONGEST_MS = 2_000;
/** A debug container ends by itself after what its slowest probe may take, and 3 s. */
const CONTAINER_LIMIT_MS = 60_000;

const JUMP_MOMENTS = 30;
const SIGNALS = [
  { name: 'SIGINT', signals: ['SIGINT'], moments: 100 },
  { name: 'SIGTERM', signals: ['SIGTERM'], moments: 30 },
  { name: 'SIGHUP', signals: ['SIGHUP'], moments: 30 },
  { name: 'SIGINT twice', signals: ['SIGINT', 'SIGINT'], moments: 30 },
] as const;

const figure = (
  name: string,
  tried: readonly { readonly about: string; readonly ran: Stopped; readonly wrong: readonly string[] }[],
): Figure => {
  const wrong = tried.filter((one) => one.wrong.length > 0);
  const stopped = tried.filter(({ ran }) => statusOf(ran) !== 0);
  const reports = stopped.filter(({ ran }) => ran.stdout !== '').length;
  const slowest = Math.round(Math.max(0, ...tried.map(({ ran }) => ran.tookMs)));
  return {
    name,
    tried: tried.length,
    right: tried.length - wrong.length,
    detail: [
      `${stopped.length} stopped, ${reports} with a report`,
      `slowest ${slowest} ms`,
      ...wrong.map((one) => `${one.about}: ${one.wrong.join(', ')}`),
    ].join('; '),
  };
};

const atMoments = async (
  stage: Stage,
  { name, signals, moments }: (typeof SIGNALS)[number],
): Promise<Figure> => {
  const at = Array.from({ length: moments }, (_, nth) => (nth * stage.plainMs) / (moments - 1));
  const tried = await inLanes(LANES, at, async (afterMs, lane) => {
    const format = Math.round(afterMs) % 2 === 0 ? 'text' : 'json';
    const ran = await stopAfter(stage, PODS[lane] ?? '', afterMs, signals, ['-o', format]);
    return {
      about: `after ${Math.round(afterMs)} ms`,
      ran,
      wrong: wrongOf(ran, signals[0], format, LONGEST_MS),
    };
  });
  return figure(name, tried);
};

/** A kubeconfig whose login program neither answers nor listens to SIGTERM. */
export const hangingLogin = ({ cluster, plugin }: Stage): string => {
  const program = join(plugin.folder, 'hanging-login');
  writeFileSync(program, `#!/bin/sh\ntrap '' TERM INT HUP\nwhile :; do sleep 0.1; done\n`);
  chmodSync(program, 0o755);
  const kubeconfig = join(plugin.folder, 'hanging.kubeconfig');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: program,
    interactiveMode: 'Never',
  };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
      clusters: [{ name: 'c', cluster: { server: cluster.server } }],
      users: [{ name: 'c', user: { exec } }],
    }),
  );
  return kubeconfig;
};

const atLogin = async (stage: Stage): Promise<Figure> => {
  const kubeconfig = hangingLogin(stage);
  const moments = [500, 700, 900, 1_100, 1_300];
  const tried = await inLanes(LANES, moments, async (afterMs, lane) => {
    const ran = await stopAfter(stage, PODS[lane] ?? '', afterMs, ['SIGINT'], [], kubeconfig);
    return { about: `after ${afterMs} ms`, ran, wrong: wrongOf(ran, 'SIGINT', 'text', LONGEST_MS) };
  });
  return figure('SIGINT while a login program hangs', tried);
};

/** What a look-alike sees is never called healthy. */
const INCONCLUSIVE = 4;

/** A look-alike is a pod of its own: what Ctrl-C leaves of it would be listed beside the user's. */
export const stopLookAlike = async (stage: Stage, pod: string, afterMs: number, longestMs: number) => {
  const ran = await stopAfter(stage, pod, afterMs, ['SIGINT'], ['--via', 'jump']);
  const there = await lookAlikesOf(stage, pod);
  return {
    about: `after ${Math.round(afterMs)} ms`,
    ran,
    wrong: [
      ...wrongOf(ran, 'SIGINT', 'text', longestMs, INCONCLUSIVE),
      ...there.map((name) => `pod ${name} is left`),
    ],
  };
};

const atLookAlike = async (stage: Stage): Promise<Figure> => {
  const at = Array.from(
    { length: JUMP_MOMENTS },
    (_, nth) => (nth * stage.plainMs * 1.5) / (JUMP_MOMENTS - 1),
  );
  const tried = await inLanes(LANES, at, (afterMs, lane) =>
    stopLookAlike(stage, PODS[lane] ?? '', afterMs, LONGEST_MS),
  );
  return figure('SIGINT while a look-alike is asked: the pod goes', tried);
};

const left = async (stage: Stage): Promise<Figure> => {
  const ends = await Promise.all(PODS.map((pod) => allEnd(stage, pod, CONTAINER_LIMIT_MS)));
  return {
    name: 'what was added ends by itself',
    tried: ends.length,
    right: ends.filter((end) => end).length,
    detail: '',
  };
};

const unread = async (stage: Stage): Promise<Figure> => {
  const tried = await inLanes(1, UNREAD, async ({ script, right }) => ({
    script,
    wrong: wrongOfUnread(await inShell(stage, PODS[0] ?? '', script), right),
  }));
  const wrong = tried.filter((one) => one.wrong.length > 0);
  return {
    name: 'nobody reads',
    tried: tried.length,
    right: tried.length - wrong.length,
    detail: wrong.map((one) => `${one.script}: ${one.wrong.join(', ')}`).join('; '),
  };
};

const signals: Part = {
  title: 'Stopped at any moment',
  about: `The bundle in a process of its own. Right: over ${LONGEST_MS} ms after the signal with its status, a whole report or none on stdout and then a word on stderr, no process and no file left, no stack.`,
  measure: async (tell) => {
    const stage = await setStage(PODS);
    try {
      const figures: Figure[] = [];
      const add = (measured: Figure) => {
        tell(measured);
        figures.push(measured);
      };
      for (const kind of SIGNALS) add(await atMoments(stage, kind));
      add(await atLookAlike(stage));
      add(await atLogin(stage));
      add(await left(stage));
      add(await unread(stage));
      return figures;
    } finally {
      await stage.remove();
    }
  },
};

export const SIGNALS_PARTS: readonly Part[] = [signals];
