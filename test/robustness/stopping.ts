/** The bundle in a process of its own that is stopped at a moment, or that nobody reads; and what has to hold of its end. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { idlePod, NAMESPACE, namespaceObject } from '../chaos/lab.ts';
import { ended, installPlugin, type Plugin, type Ran } from '../e2e/plugin.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';

export interface Stage {
  readonly cluster: SandboxCluster;
  readonly plugin: Plugin;
  /** How long a run lasts that nobody stops, milliseconds. */
  readonly plainMs: number;
  readonly remove: () => Promise<void>;
}

export interface Stopped extends Ran {
  /** From the first signal to the end, milliseconds. */
  readonly tookMs: number;
  /** What it left: processes of its group, files in TMPDIR. */
  readonly left: readonly string[];
}

/** Processes of a group that still work: where nobody collects orphans they stay listed after their end. */
const alive = (group: number): boolean =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        // After the name, which may hold anything: state, parent, group.
        const [state, , of] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return Number(of) === group && state !== 'Z' && state !== 'X';
      } catch {
        return false;
      }
    });

let runs = 0;

/** Starts a run in a group and with a TMPDIR of its own. */
export const startRun = (
  stage: Pick<Stage, 'cluster' | 'plugin'>,
  pod: string,
  argv: readonly string[] = [],
  kubeconfig?: string,
) => {
  runs += 1;
  const TMPDIR = join(stage.plugin.folder, `tmp-${runs}`);
  mkdirSync(TMPDIR);
  const child = spawn(process.execPath, [stage.plugin.entry, pod, '-n', NAMESPACE, ...argv], {
    env: { ...stage.plugin.env, TMPDIR, KUBECONFIG: kubeconfig ?? stage.cluster.kubeconfig },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const left = async (): Promise<readonly string[]> => {
    // What a killed program had started itself may take a moment to end.
    for (let tries = 0; tries < 20 && alive(child.pid ?? 0); tries += 1) await sleep(50);
    const files = readdirSync(TMPDIR).map((name) => `file ${name}`);
    rmSync(TMPDIR, { recursive: true });
    return alive(child.pid ?? 0) ? [...files, 'a process'] : files;
  };
  return { child, end: ended(child), left };
};

export const setStage = async (pods: readonly string[]): Promise<Stage> => {
  const [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
  await cluster.apply([namespaceObject, ...pods.map((pod) => idlePod(pod))]);
  const began = performance.now();
  const { code, stderr } = await startRun({ cluster, plugin }, pods[0] ?? '', []).end;
  if (code !== 0) throw new Error(`the plain run ended with ${code}: ${stderr}`);
  return {
    cluster,
    plugin,
    plainMs: performance.now() - began,
    remove: async () => {
      await cluster.stop();
      plugin.remove();
    },
  };
};

/** Sends `signals`, one right after the other, `afterMs` after the start. */
export const stopAfter = async (
  stage: Stage,
  pod: string,
  afterMs: number,
  signals: readonly NodeJS.Signals[],
  argv: readonly string[] = [],
  kubeconfig?: string,
): Promise<Stopped> => {
  const { child, end, left } = startRun(stage, pod, argv, kubeconfig);
  await Promise.race([sleep(afterMs), end]);
  const began = performance.now();
  for (const signal of signals) child.kill(signal);
  const ran = await end;
  const tookMs = performance.now() - began;
  return { ...ran, tookMs, left: await left() };
};

const STATUS: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Before the handlers are there the signal itself ends the process, which a shell tells with the same status. */
export const statusOf = ({ code, signal }: Ran): number | string =>
  signal === null ? (code ?? 'none') : (STATUS[signal] ?? signal);

const STACK = /^\s+at |fault of its own/m;

/** @param longestMs from the signal to the end. */
export const wrongOf = (
  ran: Stopped,
  signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP',
  format: 'text' | 'json',
  longestMs: number,
  /** The status of a run that nobody stops. */
  done = 0,
): readonly string[] => {
  const status = statusOf(ran);
  const wrong = ran.left.map((what) => `left ${what}`);
  // It may have been done before the signal came.
  if (status !== STATUS[signal] && status !== done) wrong.push(`status ${status}: ${ran.stderr}`);
  if (ran.tookMs > longestMs) wrong.push(`took ${Math.round(ran.tookMs)} ms`);
  if (STACK.test(ran.stderr)) wrong.push(`a stack: ${ran.stderr}`);
  if (ran.stdout === '') {
    if (status === done) wrong.push(`status ${done} without a report`);
    // The signal's own end, before there was anybody to say something.
    else if (ran.signal === null && ran.stderr === '') wrong.push('not a word');
    return wrong;
  }
  if (format === 'json') {
    const report: { kind?: unknown; verdict?: { status?: unknown } } = JSON.parse(ran.stdout);
    if (report.kind !== 'Report') wrong.push('no report');
    if (report.verdict?.status !== 'inconclusive' && report.verdict?.status !== 'healthy')
      wrong.push(`verdict ${String(report.verdict?.status)}`);
    return wrong;
  }
  if (!/^. (healthy|inconclusive)/m.test(ran.stdout) || !ran.stdout.endsWith('\n'))
    wrong.push(`half a report: ${ran.stdout}`);
  return wrong;
};

interface ContainerStatus {
  readonly name: string;
  readonly state: Readonly<Record<string, unknown>>;
}
export const debugContainers = ({ cluster }: Stage, pod: string): readonly ContainerStatus[] =>
  cluster.store.get('pods', NAMESPACE, pod)?.status.ephemeralContainerStatuses ?? [];

/** Waits until every debug container of the pod has ended by itself; false where one has not within `ms`. */
export const allEnd = async (stage: Stage, pod: string, ms: number): Promise<boolean> => {
  const until = performance.now() + ms;
  while (debugContainers(stage, pod).some(({ state }) => state.terminated === undefined)) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
};

/** For a pod to go whose container has ended: the kubelet's second. */
const GOING_MS = 5_000;

/** Look-alikes of the pod that are still there, after the moment that a deleted pod takes to go. */
export const lookAlikesOf = async ({ cluster }: Stage, pod: string): Promise<readonly string[]> => {
  const there = () =>
    cluster.store
      .list('pods', NAMESPACE)
      .filter(({ metadata }) =>
        metadata.ownerReferences?.some(({ kind, name }) => kind === 'Pod' && name === pod),
      )
      .map(({ metadata }) => metadata.name);
  for (const until = performance.now() + GOING_MS; there().length > 0 && performance.now() < until; )
    await sleep(50);
  return there();
};

/** A shell's script, in which `"$@"` is the run. */
export const inShell = ({ cluster, plugin }: Stage, pod: string, script: string): Promise<Ran> =>
  ended(
    spawn('sh', ['-c', script, 'sh', process.execPath, plugin.entry, pod, '-n', NAMESPACE], {
      env: { ...plugin.env, KUBECONFIG: cluster.kubeconfig },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );

/** What nobody reads, and what has to come of it. */
export const UNREAD: readonly {
  readonly script: string;
  readonly right: (ran: Ran) => boolean;
}[] = [
  // The shell tells the last command's status: what the run itself did with it is its stderr.
  {
    script: '"$@" -v -v | head -1',
    right: ({ code, stdout }) => code === 0 && stdout.split('\n').length === 2,
  },
  { script: '"$@" -v -v | true', right: ({ code, stdout }) => code === 0 && stdout === '' },
  { script: '{ "$@" -v -v; echo $? >&2; } | true', right: ({ stderr }) => /^(141|0)$/m.test(stderr) },
  { script: '"$@" >&-', right: ({ stdout }) => stdout === '' },
  { script: '"$@" 2>&-', right: ({ code, stdout }) => code === 0 && stdout.includes('healthy') },
  { script: '"$@" >&- 2>&-', right: ({ stdout, stderr }) => stdout === '' && stderr === '' },
  {
    script: '"$@" >/dev/full',
    right: ({ code, stderr }) => code === 1 && /^error: cannot write to stdout$/m.test(stderr),
  },
  { script: '"$@" >/dev/full 2>/dev/full', right: ({ code }) => code === 1 },
  {
    script: '"$@" -o json 2>/dev/full',
    right: ({ code, stdout }) => code === 0 && JSON.parse(stdout).kind === 'Report',
  },
];

export const wrongOfUnread = (ran: Ran, right: (ran: Ran) => boolean): readonly string[] => [
  ...(/EPIPE|ENOSPC|ERR_/.test(ran.stderr) || STACK.test(ran.stderr) ? [`a stack: ${ran.stderr}`] : []),
  ...(ran.signal === null ? [] : [`ended by ${ran.signal}`]),
  ...(right(ran) ? [] : [`status ${ran.code}, stdout ${ran.stdout.length} characters: ${ran.stderr}`]),
];
