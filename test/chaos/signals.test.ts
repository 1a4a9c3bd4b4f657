/** The bundle in a process of its own, stopped at any moment, or with nobody who reads what it says. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ended, installPlugin, type Plugin, type Ran } from '../e2e/plugin.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { idlePod, inLanes, NAMESPACE, namespaceObject } from './lab.ts';

const PATIENCE = 120_000;
const LANES = 3;
/** The promise is 2 s; the rest is for a machine with other things to do. */
const LONGEST_MS = 10_000;

let cluster: SandboxCluster;
let plugin: Plugin;
let plainMs = 0;

const start = (pod: string, ...argv: readonly string[]) =>
  spawn(process.execPath, [plugin.entry, pod, '-n', NAMESPACE, ...argv], {
    env: { ...plugin.env, KUBECONFIG: cluster.kubeconfig },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

interface Stopped extends Ran {
  /** From the first signal to the end. */
  readonly tookMs: number;
}

const stopped = async (
  lane: number,
  afterMs: number,
  signals: readonly NodeJS.Signals[],
  ...argv: readonly string[]
): Promise<Stopped> => {
  const child = start(`pod-${lane}`, ...argv);
  const end = ended(child);
  await Promise.race([sleep(afterMs), end]);
  const began = performance.now();
  for (const signal of signals) child.kill(signal);
  return { ...(await end), tookMs: performance.now() - began };
};

beforeAll(async () => {
  [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
  await cluster.apply([
    namespaceObject,
    ...Array.from({ length: LANES }, (_, lane) => idlePod(`pod-${lane}`)),
  ]);
  const began = performance.now();
  expect((await ended(start('pod-0'))).code).toBe(0);
  plainMs = performance.now() - began;
}, PATIENCE);
afterAll(async () => {
  await cluster?.stop();
  plugin?.remove();
});

/** Before the handlers are there the signal itself ends the process, which a shell tells with the same status. */
const statusOf = ({ code, signal }: Ran): number | string =>
  signal === null ? (code ?? 'none') : ({ SIGINT: 130, SIGTERM: 143 }[String(signal)] ?? signal);

const wrongOf = (ran: Stopped, wanted: number, format: 'text' | 'json'): readonly string[] => {
  const status = statusOf(ran);
  const wrong: string[] = [];
  // It may have been done before the signal came.
  if (status !== wanted && status !== 0) wrong.push(`status ${status}: ${ran.stderr}`);
  if (ran.tookMs > LONGEST_MS) wrong.push(`took ${Math.round(ran.tookMs)} ms`);
  if (/^\s+at |fault of its own/m.test(ran.stderr)) wrong.push(`a stack: ${ran.stderr}`);
  if (ran.stdout === '') return status === 0 ? [...wrong, 'status 0 without a report'] : wrong;
  if (format === 'json') {
    const report: { kind?: unknown; verdict?: { status?: unknown } } = JSON.parse(ran.stdout);
    if (report.kind !== 'Report') wrong.push('no report');
    if (status !== 0 && report.verdict?.status !== 'inconclusive' && report.verdict?.status !== 'healthy')
      wrong.push(`verdict ${String(report.verdict?.status)}`);
    return wrong;
  }
  if (!/^. (healthy|inconclusive)/m.test(ran.stdout) || !ran.stdout.endsWith('\n'))
    wrong.push(`half a report: ${ran.stdout}`);
  return wrong;
};

describe('stopped', () => {
  test(
    'SIGINT at 20 moments: 130 soon after, and stdout holds a whole report or nothing',
    async () => {
      const moments = Array.from({ length: 20 }, (_, nth) => (nth * plainMs) / 18);
      const results = await inLanes(LANES, moments, async (afterMs, lane) => {
        const format = Math.round(afterMs) % 2 === 0 ? 'text' : 'json';
        const ran = await stopped(lane, afterMs, ['SIGINT'], '-o', format);
        return { afterMs, ran, wrong: wrongOf(ran, 130, format) };
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
    'SIGTERM: 143; a second SIGINT ends it at once',
    async () => {
      const middle = plainMs / 2;
      const terminated = await stopped(0, middle, ['SIGTERM']);
      expect(wrongOf(terminated, 143, 'text')).toEqual([]);
      expect(statusOf(terminated)).not.toBe(0);
      const twice = await stopped(1, middle, ['SIGINT', 'SIGINT']);
      expect(statusOf(twice)).not.toBe(0);
      expect(wrongOf(twice, 130, 'text')).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'what was added ends by itself after the run was stopped',
    async () => {
      await cluster.apply([idlePod('left')]);
      const child = start('left');
      const end = ended(child);
      const statuses = (): readonly { state: Record<string, unknown> }[] =>
        cluster.store.get('pods', NAMESPACE, 'left')?.status.ephemeralContainerStatuses ?? [];
      while (statuses().length === 0) await Promise.race([sleep(10), end]);
      child.kill('SIGINT');
      expect(statusOf(await end)).toBe(130);
      while (statuses().some(({ state }) => state.terminated === undefined)) await sleep(50);
      expect(statuses()).toHaveLength(1);
    },
    PATIENCE,
  );
});

describe('nobody reads', () => {
  const inShell = (script: string) =>
    ended(
      spawn('sh', ['-c', script, 'sh', process.execPath, plugin.entry, 'pod-2', '-n', NAMESPACE], {
        env: { ...plugin.env, KUBECONFIG: cluster.kubeconfig },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );

  test(
    'stdout into head -1, into nothing, and stderr closed: no stack',
    async () => {
      const head = await inShell('"$@" -v -v | head -1');
      expect(head.stdout.split('\n')).toHaveLength(2);
      const closed = await inShell('"$@" -v -v | true');
      expect(closed.stdout).toBe('');
      for (const { stderr } of [head, closed]) expect(stderr).not.toMatch(/^\s+at |EPIPE|fault of its own/m);
      const mute = await inShell('"$@" 2>&-');
      expect(mute.code).toBe(0);
      expect(mute.stdout).toContain('healthy');
    },
    PATIENCE,
  );

  test(
    'a full disk behind stdout: one error, status 1',
    async () => {
      const full = await inShell('"$@" >/dev/full');
      expect(full).toMatchObject({ code: 1, stdout: '' });
      expect(full.stderr).toMatch(/^error: cannot write to stdout$/m);
      expect(full.stderr).not.toMatch(/^\s+at /m);
    },
    PATIENCE,
  );
});
