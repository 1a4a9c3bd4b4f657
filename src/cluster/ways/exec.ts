/**
 * A process inside a container that runs: through `kubectl exec`, which knows the protocols, and asks with the tools that the
 * container has. Nothing is added to the pod, and the runner ends itself.
 */

import { monotonicMs } from '../../clock.ts';
import type { Entry } from '../../model/entry.ts';
import type { Pod } from '../../model/kubernetes.ts';
import type { RawResult } from '../../model/probe.ts';
import { redact, redactText } from '../../redact.ts';
import { runnerArguments } from '../../runner/command.ts';
import { createDecoder } from '../../runner/decode.ts';
import { throughStdin } from '../../runner/through-stdin.ts';
import { entryOf, type Outcome } from '../follow/entry-of.ts';
import { createRecords } from '../follow/records.ts';
import { wasTimeout } from '../follow.ts';
import { RESOURCES, rightTo } from '../paths.ts';
import { containerToEnter } from './choose-container.ts';
import type { KeptContainer } from './keep.ts';
import { connectionArguments, type KubectlRun, runKubectl } from './kubectl.ts';
import { orderFor } from './order.ts';
import { tellingOf } from './telling.ts';
import { type Enter, type Entered, type Ground, notAttempted } from './way.ts';

const via = 'exec' as const;

const changeOf = (pod: string, container: string, command: readonly string[]) => ({
  title: `kubectl exec ${pod} -c ${container}, nothing is added`,
  body: command,
  consequences: [],
});

interface Place {
  readonly container: string;
  readonly image: string;
}

/** For a process to start in a container that runs, and its first word to come back. */
const START_PATIENCE_MS = 10_000;

const NO_SHELL = /executable file not found|no such file or directory|not found in \$PATH|exit code 12[67]/;
/** What the container runtime says at the end of a sentence of five servers. */
const RUNTIME = /unable to start container process: (.+)$/s;
const FORBIDDEN = /\(Forbidden\)|is forbidden/;

/** kubectl's last line says what went wrong; those before it are warnings, and which container was taken. */
const lastLine = (stderr: string): string =>
  redactText(stderr.trim().split('\n').at(-1) ?? '').replace(/^(error: |Error from server: )/, '');

/** Why the runner never began. */
const notBegun = (
  { target, pod }: Ground,
  { container, image }: Place,
  ran: KubectlRun,
  stray: string,
): Entered => {
  if (ran.missing)
    return notAttempted(via, 'no-way', 'it goes through kubectl exec, and no kubectl is on PATH');
  const said = [lastLine(ran.stderr), stray.trim()].filter((text) => text !== '').join(': ');
  if (FORBIDDEN.test(ran.stderr))
    return notAttempted(via, 'access-denied', said, {
      missing: [rightTo('create', RESOURCES.pods, pod.metadata.namespace ?? target.namespace, 'exec')],
    });
  const reason = NO_SHELL.test(said)
    ? 'NoShell'
    : stray.includes('no od that works')
      ? 'NoTools'
      : 'ExecFailed';
  return {
    entry: {
      state: 'not-started',
      via,
      container,
      image,
      reason,
      message: RUNTIME.exec(said)?.[1] ?? (said || silence(ran)),
      toldBy: 'exec',
    },
    runs: [],
  };
};

const silence = ({ exitCode }: KubectlRun): string =>
  exitCode === undefined
    ? `kubectl exec brought nothing within ${START_PATIENCE_MS / 1000} s`
    : `kubectl exec ended with ${exitCode}`;

const outcomeOf = (ran: KubectlRun, told: Outcome | undefined, signal: AbortSignal): Outcome => {
  if (told !== undefined) return told;
  if (signal.aborted) return { kind: 'stopped', by: wasTimeout(signal) ? 'timeout' : 'interrupt' };
  return { kind: 'lost', reason: lastLine(ran.stderr) || 'kubectl exec ended before the runner did' };
};

const execIn = async (ground: Ground, place: Place, way: 'ephemeral' | 'exec'): Promise<Entered> => {
  const { target, asks, options, ports } = ground;
  const order = orderFor(asks, options);
  const argv = runnerArguments(order, 'beside-an-app');
  const { command, stdin } = throughStdin(argv);
  const change = changeOf(target.pod, place.container, argv);
  if (options.dryRun !== 'none') return notAttempted(via, 'dry-run', undefined, { change });
  ports.progress({
    stage: 'inject',
    text: `running the probes in container ${place.container} of pod ${target.namespace}/${target.pod} by kubectl exec: nothing is added, and they end by themselves`,
  });
  ports.onAdmitted();
  const base = { ...(way === 'exec' ? { via } : {}), ...place };
  const decoder = createDecoder(order.nonce);
  const began = monotonicMs();
  const records = createRecords(
    decoder,
    () => monotonicMs() - began,
    tellingOf(base, order.asks.length, ports),
    order.asks.length,
  );
  // With every answer in, kubectl has nothing more to bring; without a first word it never will.
  const enough = new AbortController();
  const late = setTimeout(() => enough.abort(new Error('late')), START_PATIENCE_MS);
  const ran = await runKubectl(
    ports.env,
    [
      'exec',
      '--stdin',
      ...connectionArguments(options.connection),
      `--namespace=${target.namespace}`,
      target.pod,
      `--container=${place.container}`,
      '--',
      ...command,
    ],
    stdin,
    AbortSignal.any([ports.signal, enough.signal]),
    (text) => {
      clearTimeout(late);
      records.take(text);
      if (records.outcome()?.kind === 'complete') enough.abort(new Error('complete'));
    },
  ).finally(() => clearTimeout(late));
  const told = records.outcome();
  if (!decoder.begun() && told === undefined && !ports.signal.aborted)
    return notBegun(ground, place, ran, decoder.strayText());
  const startMs = records.startMs();
  const entry = entryOf(outcomeOf(ran, told, ports.signal), base, {
    ran: decoder.begun(),
    startMs,
    pulling: false,
    trouble: undefined,
    strayText: decoder.strayText(),
  });
  return { entry, runs: records.results().map(redact), change };
};

/** Its own image's tools, all of them: as good as a new one. undefined: it cannot be entered, or did not last. */
export const enterKept = async (ground: Ground, kept: KeptContainer): Promise<Entered | undefined> => {
  const entered = await execIn(ground, { container: kept.name, image: kept.image }, 'ephemeral');
  const { entry } = entered;
  const done = entry.state === 'ran' && (entry.end === 'complete' || ground.ports.signal.aborted);
  return done ? entered : undefined;
};

/** Exit status of a shell for a command that is not there. */
const NOT_FOUND = 127;
/** With more of its tools missing than this an app's image can tell nothing worth knowing. */
const MOST_MISSING = 0.6;

const missingTools = (runs: readonly RawResult[]): number =>
  runs.filter(({ exitCode }) => exitCode === NOT_FOUND).length / Math.max(1, runs.length);

/** What an image without tools brings is told as that, not as a hundred answers that are missing. */
const withoutTools = (entered: Entered): Entered => {
  const { entry, runs } = entered;
  if (entry.state !== 'ran' || missingTools(runs) <= MOST_MISSING) return entered;
  const { container, image } = entry;
  const message =
    'it has a shell, and hardly one of the tools that are asked with: curl, nc, nslookup, ping, ip';
  const noTools: Entry = {
    state: 'not-started',
    via,
    container,
    image,
    reason: 'NoTools',
    message,
    toldBy: 'exec',
  };
  return { entry: noTools, runs: [] };
};

const placeIn = (pod: Pod, wanted: string | undefined): Place | string => {
  const chosen = containerToEnter(pod, wanted);
  return typeof chosen === 'string' ? chosen : { container: chosen.name, image: chosen.image ?? '' };
};

export const enterByExec: Enter = async (ground) => {
  const place = placeIn(ground.pod, ground.options.container);
  if (typeof place === 'string') return notAttempted(via, 'no-way', place);
  return withoutTools(await execIn(ground, place, 'exec'));
};
