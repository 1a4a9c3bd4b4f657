/** Puts the runner into the pod and brings back what it saw. */
import { randomInt } from 'node:crypto';
import { suite } from '../../probes/index.ts';
import type { Target } from '../model/case.ts';
import type { Entry } from '../model/entry.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { CheckOptions, CheckPorts } from '../model/options.ts';
import type { Ask, Order, RawResult } from '../model/probe.ts';
import { redact } from '../redact.ts';
import { runnerCommand } from '../runner/command.ts';
import { createDecoder } from '../runner/decode.ts';
import type { RunnerAsk } from '../runner/types.ts';
import type { Client } from './client.ts';
import { buildContainer, DEFAULT_IMAGE } from './container.ts';
import { follow, wasTimeout } from './follow.ts';
import { inject, patchOf } from './inject.ts';

export interface Entered {
  readonly entry: Entry;
  readonly runs: readonly RawResult[];
  readonly patch: unknown;
}

/** Without letters and digits that look alike. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const randomName = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** All side by side: the suite is small, and each tool waits far more than it works. */
const PARALLEL = 48;
/** The share of answers that is enough to rehearse with: by then each kind has come, and the pings are still out. */
const MOST = 0.7;
/** For the runner's own start and end, beyond the slowest ask. */
const RUNNER_MARGIN_SECONDS = 3;

/**
 * None for a question that its probe does not take: a name, address or proxy of the cluster that no tool is to be given. It then has no
 * answer, and judging says so.
 */
const ordersOf = (ask: Ask, patienceSeconds: number | undefined): readonly (RunnerAsk & Order)[] => {
  const probe = suite.find(({ id }) => id === ask.probe);
  if (probe === undefined) throw new Error(`no such probe: ${ask.probe}`);
  if (!probe.question.safeParse(ask.question).success) return [];
  return [{ id: ask.id, ...probe.order(ask.question, patienceSeconds) }];
};

const totalSeconds = (asks: readonly RunnerAsk[], timeoutMs: number): number => {
  const slowest = Math.max(1, ...asks.map((ask) => ask.limitSeconds));
  const rounds = Math.ceil(asks.length / PARALLEL);
  return Math.max(1, Math.min(slowest * rounds + RUNNER_MARGIN_SECONDS, Math.floor(timeoutMs / 1000)));
};

export interface EnterPorts extends CheckPorts {
  /** The container is in, and about to start. Not called where it is not. */
  readonly onAdmitted: () => void;
  /** Most answers are in, and the slow ones are still out: told once, with what there is. */
  readonly onMost: (entered: Pick<Entered, 'entry' | 'runs'>) => void;
}

export const enter = async (
  client: Client,
  target: Target,
  pod: Pod,
  asks: readonly Ask[],
  options: CheckOptions,
  ports: EnterPorts,
): Promise<Entered> => {
  // The slowest first: nothing else then decides how long the run takes.
  const orders = asks
    .flatMap((ask) => ordersOf(ask, options.probePatienceSeconds))
    .toSorted((one, other) => other.usualMs - one.usualMs);
  const nonce = randomName(10);
  const image = options.image ?? DEFAULT_IMAGE;
  const container = buildContainer(pod, {
    name: `netcheck-${randomName(5)}`,
    image,
    imagePullPolicy: options.imagePullPolicy,
    command: runnerCommand({
      nonce,
      totalSeconds: totalSeconds(orders, options.timeoutMs),
      parallel: PARALLEL,
      asks: orders,
    }),
  });
  const patch = patchOf(container);
  const notAttempted = (why: 'dry-run' | 'api-unavailable' | 'interrupted', detail?: string): Entered => ({
    entry: { state: 'not-attempted', why, ...(detail === undefined ? {} : { detail }) },
    runs: [],
    patch,
  });
  if (options.dryRun === 'client') return notAttempted('dry-run');
  const overBefore = (what: string): Entered =>
    wasTimeout(ports.signal)
      ? notAttempted('api-unavailable', `--timeout came ${what}`)
      : notAttempted('interrupted', `stopped ${what}`);
  if (ports.signal.aborted) return overBefore('before the debug container was added');
  if (options.dryRun === 'none')
    ports.progress({
      stage: 'inject',
      text: `adding ephemeral container ${container.name} to pod ${target.namespace}/${target.pod}: it ends by itself, and stays listed in the pod until the pod goes`,
    });
  try {
    const injection = await inject(client, target, container, options.dryRun === 'server');
    if (injection.state === 'unavailable') return notAttempted('api-unavailable', injection.reason);
    if (injection.state === 'refused') {
      const { httpStatus, reason, message, details } = injection.failure;
      return {
        entry: {
          state: 'refused',
          container: container.name,
          image,
          httpStatus,
          ...(reason === undefined ? {} : { reason }),
          message,
          ...(details === undefined ? {} : { details }),
        },
        runs: [],
        patch,
      };
    }
  } catch (error) {
    if (!ports.signal.aborted) throw error;
    return overBefore(
      options.dryRun === 'server'
        ? 'before the server had answered the dry run'
        : `before the server had confirmed the debug container: ${container.name} may have been added`,
    );
  }
  if (options.dryRun === 'server') return notAttempted('dry-run', 'the server admits it');

  ports.onAdmitted();
  ports.progress({ stage: 'wait', text: 'waiting for the debug container to start' });
  let told = false;
  const tellMost = (results: readonly RawResult[]) => {
    if (told || results.length < MOST * asks.length || results.length === asks.length) return;
    told = true;
    const seen = { state: 'ran', container: container.name, image, end: 'interrupted' } as const;
    const runs = results.map(redact);
    // Not at once: what has arrived with this answer is read first.
    setImmediate(() => ports.onMost({ entry: seen, runs }));
  };
  const followed = await follow(
    target,
    { name: container.name, image },
    {
      client,
      decoder: createDecoder(nonce),
      asked: orders.length,
      signal: ports.signal,
      onStart: () =>
        ports.progress({ stage: 'probe', text: 'probing from inside the pod', done: 0, total: asks.length }),
      onResult: (soFar) => {
        tellMost(soFar);
        const done = soFar.length;
        ports.progress({ stage: 'probe', text: 'probing from inside the pod', done, total: asks.length });
      },
      onPull: (message) => ports.progress({ stage: 'wait', text: message }),
    },
  );
  return { ...followed, runs: followed.runs.map(redact), patch };
};
