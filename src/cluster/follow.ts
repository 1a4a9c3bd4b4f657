/**
 * Follows the debug container from the PATCH to the runner's last record: asks for its log until there is one, reads it, asks
 * again when the connection is lost (records are idempotent, so nothing is lost and nothing counts twice), and looks at status
 * and events when the log stays away, because they tell why.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage, isTimeout } from '../errors.ts';
import type { Target } from '../model/case.ts';
import type { Entry } from '../model/entry.ts';
import type { RawResult } from '../model/probe.ts';
import type { Decoder } from '../runner/types.ts';
import { type ApiAnswer, ApiUnavailable, type Client, parseFailure } from './client.ts';
import { readAll } from './http.ts';
import { pathOf, RESOURCES } from './paths.ts';
import {
  type ContainerEnd,
  debugStatusSchema,
  endInStatus,
  eventListSchema,
  failureInEvents,
  failureInStatus,
  pullInEvents,
  type StartFailure,
} from './watchdog.ts';

/** On a quiet pod the log is there after about 130 ms. */
const LOG_POLL_MS = [50, 30, 30, 30, 50, 50, 100] as const;
const LONGEST_LOG_POLL_MS = 250;
/** A healthy start is over by then, and costs no request for status or events. */
const FIRST_LOOK_MS = 400;
const LOOK_EVERY_MS = 500;
/** A log that says nothing for so long may be a dead connection: it is opened anew. */
const SILENCE_MS = 5_000;
/** After the container has ended, how often its log is read again for the runner's last record. */
const READS_AFTER_END = 3;

export interface Followed {
  readonly runs: readonly RawResult[];
  readonly entry: Entry;
}

export interface FollowPorts {
  readonly client: Client;
  readonly decoder: Decoder;
  /** Fires at the run's deadline (reason: a TimeoutError) or when the user stops it. */
  readonly signal: AbortSignal;
  readonly onStart: () => void;
  readonly onResult: (done: number) => void;
  readonly onPull: (message: string) => void;
}

type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'runner-deadline' }
  | { readonly kind: 'ended'; readonly end: ContainerEnd }
  | { readonly kind: 'failed'; readonly failure: StartFailure }
  | { readonly kind: 'lost'; readonly reason: string };

export const follow = async (
  target: Target,
  container: { readonly name: string; readonly image: string },
  ports: FollowPorts,
): Promise<Followed> => {
  const { client, decoder } = ports;
  const began = performance.now();
  const runs = new Map<string, RawResult>();
  let startMs: number | undefined;
  let lastLogMessage = '';
  const finished = new AbortController();
  const signal = AbortSignal.any([ports.signal, finished.signal]);

  const take = (text: string) => {
    if (startMs === undefined && text !== '') {
      startMs = Math.round(performance.now() - began);
      ports.onStart();
    }
    const fresh = decoder.push(text).filter((result) => !runs.has(result.id));
    for (const result of fresh) runs.set(result.id, result);
    if (fresh.length > 0) ports.onResult(runs.size);
  };

  const runnerEnd = (): Outcome | undefined => {
    const end = decoder.end();
    return end && { kind: end.reason === 'complete' ? 'complete' : 'runner-deadline' };
  };

  /** Reads the log once, from its beginning to its end or its silence. Returns false where there is none yet. */
  const readLog = async (): Promise<boolean> => {
    const silence = new AbortController();
    const response = await client.stream(
      {
        method: 'GET',
        path: pathOf(RESOURCES.pods, target.namespace, target.pod, 'log'),
        query: { container: container.name, follow: 'true' },
        accept: '*/*',
      },
      AbortSignal.any([signal, silence.signal]),
    );
    if (response.status !== 200) {
      lastLogMessage = parseFailure(response.status, await readAll(response)).message;
      return false;
    }
    let alarm = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      for await (const text of response.text) {
        clearTimeout(alarm);
        take(text);
        if (decoder.end() !== undefined) break;
        alarm = setTimeout(() => silence.abort(), SILENCE_MS);
      }
    } finally {
      clearTimeout(alarm);
      response.close();
    }
    return true;
  };

  const watchLog = async (): Promise<Outcome> => {
    let readsAfterEnd = 0;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const there = await readLog();
        const end = runnerEnd();
        if (end !== undefined) return end;
        if (there) {
          const state = await look();
          if (state !== undefined && (state.kind === 'failed' || ++readsAfterEnd >= READS_AFTER_END))
            return state;
        }
      } catch (error) {
        ports.signal.throwIfAborted();
        finished.signal.throwIfAborted();
        if (runnerEnd() !== undefined) continue;
        lastLogMessage = errorMessage(error);
      }
      await sleep(LOG_POLL_MS[attempt] ?? LONGEST_LOG_POLL_MS, undefined, { signal });
    }
  };

  const ask = async (
    path: string,
    query: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer | undefined> => {
    try {
      return await client.request({ method: 'GET', path, query });
    } catch (error) {
      if (error instanceof ApiUnavailable) return undefined;
      throw error;
    }
  };

  /** What status and events say: a failure to start, an end, or nothing final. */
  const look = async (): Promise<Outcome | undefined> => {
    const [pod, events] = await Promise.all([
      ask(pathOf(RESOURCES.pods, target.namespace, target.pod), {}),
      ask(pathOf(RESOURCES.events, target.namespace), { fieldSelector: `involvedObject.name=${target.pod}` }),
    ]);
    if (pod !== undefined && !pod.ok && pod.failure.httpStatus === 404)
      return { kind: 'lost', reason: 'the pod was deleted meanwhile' };
    const status = debugStatusSchema.safeParse(pod?.ok === true ? pod.body : undefined);
    if (status.success) {
      const end = endInStatus(status.data, container.name);
      if (end !== undefined) return { kind: 'ended', end };
    }
    const list = eventListSchema.safeParse(events?.ok === true ? events.body : undefined);
    const failure =
      (status.success ? failureInStatus(status.data, container.name) : undefined) ??
      (list.success ? failureInEvents(list.data, container.name) : undefined);
    if (failure !== undefined) return { kind: 'failed', failure };
    const pull = list.success ? pullInEvents(list.data, container.name) : undefined;
    if (pull !== undefined) ports.onPull(pull);
    return undefined;
  };

  /** Looks only while the log stays away: once it flows, it tells everything itself. */
  const watchStart = async (): Promise<Outcome> => {
    await sleep(FIRST_LOOK_MS, undefined, { signal });
    for (;;) {
      if (startMs === undefined) {
        const seen = await look();
        if (startMs === undefined && seen !== undefined && seen.kind !== 'ended') return seen;
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  };

  let outcome: Outcome | undefined;
  try {
    outcome = await Promise.race([watchLog(), watchStart()]);
  } catch (error) {
    if (!ports.signal.aborted) throw error;
  } finally {
    finished.abort(new Error('finished'));
  }
  const base = { container: container.name, image: container.image };
  return {
    runs: [...runs.values()],
    entry: entryOf(outcome, base, {
      begun: decoder.begun(),
      startMs,
      lastLogMessage,
      strayText: decoder.strayText(),
      signal: ports.signal,
    }),
  };
};

interface Seen {
  readonly begun: boolean;
  readonly startMs: number | undefined;
  readonly lastLogMessage: string;
  readonly strayText: string;
  readonly signal: AbortSignal;
}

export const wasTimeout = (signal: AbortSignal): boolean => signal.aborted && isTimeout(signal.reason);

/** Names how it ended. Pure but for the signal, which only tells why it was stopped. */
const entryOf = (
  outcome: Outcome | undefined,
  base: { readonly container: string; readonly image: string },
  seen: Seen,
): Entry => {
  const ran = {
    state: 'ran',
    ...base,
    ...(seen.startMs === undefined ? {} : { startMs: seen.startMs }),
  } as const;
  if (outcome === undefined) {
    const timeout = wasTimeout(seen.signal);
    if (seen.begun) return { ...ran, end: timeout ? 'timeout' : 'interrupted' };
    return {
      state: 'not-started',
      ...base,
      reason: timeout ? 'Timeout' : 'Interrupted',
      message: seen.lastLogMessage || 'the debug container did not start in time',
      toldBy: 'deadline',
    };
  }
  switch (outcome.kind) {
    case 'complete':
      return { ...ran, end: 'complete' };
    case 'runner-deadline':
      return { ...ran, end: 'deadline' };
    case 'failed':
      return { state: 'not-started', ...base, ...outcome.failure };
    case 'lost':
      return { ...ran, end: 'connection-lost', detail: outcome.reason };
    case 'ended': {
      const { exitCode, reason, message } = outcome.end;
      // 126, 127 and 128 before the first record: no shell in the image, or one that could not run.
      const said = [reason, message, seen.strayText]
        .filter((part) => part !== undefined && part !== '')
        .join(': ');
      return {
        ...ran,
        end: 'container-ended',
        exitCode,
        ...(said === '' ? {} : { detail: said.slice(0, 1000) }),
      };
    }
  }
};
