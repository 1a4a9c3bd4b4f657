/**
 * Follows the debug container from the PATCH to the runner's last record: asks for its log until there is one, reads it, asks
 * again when the connection is lost (records are idempotent, so nothing is lost and nothing counts twice), and looks at status
 * and events when the log stays away, because they tell why.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, errorMessage, isTimeout } from '../errors.ts';
import type { Target } from '../model/case.ts';
import type { Entry } from '../model/entry.ts';
import type { RawResult } from '../model/probe.ts';
import type { Decoder, RunnerEnd } from '../runner/types.ts';
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
  hasRun,
  isAnotherPod,
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
/** How long a log that cannot be read is still asked for once its container has ended: a restarting API server is back by then. */
const LOST_AFTER_MS = 5_000;
/** The longest that a Retry-After is heeded: the run has a deadline. */
const LONGEST_PAUSE_MS = 5_000;
/** After the container has ended, how often its log is read again for the runner's last record. */
const READS_AFTER_END = 3;
/** The beginning of the termination message that the runner leaves when it was not stopped early. */
const RUNNER_SAYS_COMPLETE = 'netcheck: complete';

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
  | { readonly kind: 'runner-stopped' }
  | { readonly kind: 'ended'; readonly end: ContainerEnd }
  | { readonly kind: 'failed'; readonly failure: StartFailure }
  | { readonly kind: 'lost'; readonly reason: string };

const RUNNER_ENDS = {
  complete: 'complete',
  deadline: 'runner-deadline',
  stopped: 'runner-stopped',
} as const satisfies Record<RunnerEnd['reason'], Outcome['kind']>;

export const follow = async (
  target: Target,
  container: { readonly name: string; readonly image: string },
  ports: FollowPorts,
): Promise<Followed> => {
  const { client, decoder } = ports;
  const began = performance.now();
  const runs = new Map<string, RawResult>();
  let startMs: number | undefined;
  /** Characters read so far, in the read that came furthest. */
  let furthest = 0;
  /** Why the log cannot be read; undefined again as soon as it brings something new. */
  let trouble: { readonly message: string; readonly since: number } | undefined;
  /** What status said: that it runs or has run, and when its end was first seen. */
  let ran = false;
  let pulling = false;
  let endSeenAt: number | undefined;
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

  const troubled = (message: string) => {
    trouble = { message, since: trouble?.since ?? performance.now() };
  };

  const runnerEnd = (): Outcome | undefined => {
    const end = decoder.end();
    return end && { kind: RUNNER_ENDS[end.reason] };
  };

  /** Reads the log once, from its beginning to its end or its silence. */
  const readLog = async (): Promise<{ readonly there: boolean; readonly pauseMs: number }> => {
    const silence = new AbortController();
    const restart = () => setTimeout(() => silence.abort(new Error('silence')), SILENCE_MS);
    let alarm = restart();
    let position = 0;
    try {
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
        const { message } = parseFailure(response.status, await readAll(response));
        troubled(message || `HTTP ${response.status}`);
        return {
          there: false,
          pauseMs: Math.min((response.retryAfterSeconds ?? 0) * 1000, LONGEST_PAUSE_MS),
        };
      }
      try {
        for await (const text of response.text) {
          clearTimeout(alarm);
          take(text);
          position += text.length;
          if (position > furthest) {
            furthest = position;
            trouble = undefined;
          }
          if (decoder.end() !== undefined) break;
          alarm = restart();
        }
      } finally {
        response.close();
      }
      return { there: true, pauseMs: 0 };
    } catch (error) {
      if (silence.signal.aborted && !signal.aborted)
        throw new Error(`nothing came for ${SILENCE_MS / 1000} s`, { cause: error });
      throw error;
    } finally {
      clearTimeout(alarm);
    }
  };

  const watchLog = async (): Promise<Outcome> => {
    let readsAfterEnd = 0;
    for (let attempt = 0; ; attempt += 1) {
      let pauseMs = 0;
      try {
        const read = await readLog();
        pauseMs = read.pauseMs;
        const end = runnerEnd();
        if (end !== undefined) return end;
        if (read.there) {
          const state = await look();
          if (state !== undefined && (state.kind !== 'ended' || ++readsAfterEnd >= READS_AFTER_END))
            return state;
        }
      } catch (error) {
        ports.signal.throwIfAborted();
        finished.signal.throwIfAborted();
        const end = runnerEnd();
        if (end !== undefined) return end;
        troubled(connectionTrouble(error));
      }
      const poll = LOG_POLL_MS[attempt] ?? LONGEST_LOG_POLL_MS;
      await sleep(Math.max(poll, pauseMs), undefined, { signal });
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
      if (isAnotherPod(status.data, container.name))
        return { kind: 'lost', reason: 'the pod was replaced meanwhile by another of the same name' };
      ran ||= hasRun(status.data, container.name);
      const end = endInStatus(status.data, container.name);
      if (end !== undefined) return { kind: 'ended', end };
    }
    const list = eventListSchema.safeParse(events?.ok === true ? events.body : undefined);
    const failure =
      (status.success ? failureInStatus(status.data, container.name) : undefined) ??
      (list.success ? failureInEvents(list.data, container.name) : undefined);
    if (failure !== undefined) return { kind: 'failed', failure };
    const pull = list.success ? pullInEvents(list.data, container.name) : undefined;
    if (list.success) pulling = pull !== undefined;
    if (pull !== undefined) ports.onPull(pull);
    return undefined;
  };

  /** Looks only while the log stays away or cannot be read: where it flows, it tells everything itself. */
  const watchPod = async (): Promise<Outcome> => {
    await sleep(FIRST_LOOK_MS, undefined, { signal });
    for (;;) {
      if (startMs === undefined || trouble !== undefined) {
        const seen = await look();
        if (seen?.kind === 'lost' || (seen?.kind === 'failed' && startMs === undefined)) return seen;
        if (seen?.kind === 'ended') {
          endSeenAt ??= performance.now();
          const hopelessAt = Math.max(endSeenAt, trouble?.since ?? endSeenAt) + LOST_AFTER_MS;
          if (trouble !== undefined && performance.now() > hopelessAt)
            return {
              kind: 'lost',
              reason: `the debug container has ended, and its log cannot be read: ${trouble.message}`,
            };
        }
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  };

  let outcome: Outcome | undefined;
  try {
    outcome = await Promise.race([watchLog(), watchPod()]);
  } catch (error) {
    if (!ports.signal.aborted) throw error;
  } finally {
    finished.abort(new Error('finished'));
  }
  const base = { container: container.name, image: container.image };
  return {
    runs: [...runs.values()],
    entry: entryOf(outcome, base, {
      ran: ran || decoder.begun(),
      startMs,
      pulling,
      trouble: trouble?.message,
      strayText: decoder.strayText(),
      signal: ports.signal,
    }),
  };
};

interface Seen {
  /** The log or the status say so. */
  readonly ran: boolean;
  readonly startMs: number | undefined;
  /** Its image was still on its way to the node. */
  readonly pulling: boolean;
  /** Why the log could not be read in the end. */
  readonly trouble: string | undefined;
  readonly strayText: string;
  readonly signal: AbortSignal;
}

/** In words: a connection that the other side closed in mid-body is `aborted` to Node. */
const connectionTrouble = (error: unknown): string =>
  errorCode(error) === 'ECONNRESET' ? 'the connection was lost' : errorMessage(error);

/** A log that was read again brings the same lines again. */
const withoutRepeats = (text: string): string => [...new Set(text.trim().split('\n'))].join('\n');

const STILL_PULLING =
  'its image is still being pulled: the node goes on with it, so ask again later, or with a longer --timeout, or with an image that is nearer, --image';

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
    if (seen.ran)
      return {
        ...ran,
        end: timeout ? 'timeout' : 'interrupted',
        ...(seen.trouble === undefined ? {} : { detail: `the log could not be read: ${seen.trouble}` }),
      };
    return {
      state: 'not-started',
      ...base,
      reason: timeout ? 'Timeout' : 'Interrupted',
      message: seen.pulling
        ? STILL_PULLING
        : (seen.trouble ?? 'neither the log nor the status of the debug container was to be had'),
      toldBy: 'deadline',
    };
  }
  switch (outcome.kind) {
    case 'complete':
      return { ...ran, end: 'complete' };
    case 'runner-deadline':
      return { ...ran, end: 'deadline' };
    case 'runner-stopped':
      return { ...ran, end: 'container-ended', detail: 'a signal ended it, as when its pod is deleted' };
    case 'failed':
      return { state: 'not-started', ...base, ...outcome.failure };
    case 'lost':
      return { ...ran, end: 'connection-lost', detail: outcome.reason };
    case 'ended': {
      const { exitCode, reason, message } = outcome.end;
      if (message?.startsWith(RUNNER_SAYS_COMPLETE) === true)
        return {
          ...ran,
          end: 'connection-lost',
          detail: 'the runner came to its end, and its log lacks records',
        };
      // 126, 127 and 128 before the first record: no shell in the image, or one that could not run.
      const said = [reason, message, withoutRepeats(seen.strayText)]
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
