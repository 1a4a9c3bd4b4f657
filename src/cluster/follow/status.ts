/** Looks at status and events of the debug container: when its log stays away, they tell why. */
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../clock.ts';
import type { Target } from '../../model/case.ts';
import { type ApiAnswer, ApiUnavailable, type Client } from '../client.ts';
import { pathOf, RESOURCES } from '../paths.ts';
import {
  debugStatusSchema,
  endInStatus,
  eventListSchema,
  failureInEvents,
  failureInStatus,
  hasRun,
  isAnotherPod,
  pullInEvents,
} from '../watchdog.ts';
import type { Outcome } from './entry-of.ts';
import type { LogTrouble } from './log.ts';

/** A healthy start is over by then, and costs no request for status or events. */
const FIRST_LOOK_MS = 400;
const LOOK_EVERY_MS = 500;
/** How long a log that cannot be read is still asked for once its container has ended: a restarting API server is back by then. */
const LOST_AFTER_MS = 5_000;

export interface Status {
  /** A failure to start, an end, a pod that is gone, or nothing final. */
  readonly look: () => Promise<Outcome | undefined>;
  /** It runs, or has run, as far as was seen. */
  readonly ran: () => boolean;
  /** Its image was on its way to the node when last looked at. */
  readonly pulling: () => boolean;
}

/** @param onPull gets the kubelet's words while the image is on its way. */
export const createStatus = (
  client: Pick<Client, 'request'>,
  target: Target,
  container: string,
  onPull: (message: string) => void,
): Status => {
  let ran = false;
  let pulling = false;
  let toldPull: string | undefined;

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

  const look = async (): Promise<Outcome | undefined> => {
    const { namespace, pod: name } = target;
    const [pod, events] = await Promise.all([
      ask(pathOf(RESOURCES.pods, namespace, name), {}),
      ask(pathOf(RESOURCES.events, namespace), { fieldSelector: `involvedObject.name=${name}` }),
    ]);
    if (pod !== undefined && !pod.ok && pod.failure.httpStatus === 404)
      return { kind: 'lost', reason: 'the pod was deleted meanwhile' };
    const status = debugStatusSchema.safeParse(pod?.ok === true ? pod.body : undefined);
    if (status.success) {
      if (isAnotherPod(status.data, container))
        return { kind: 'lost', reason: 'the pod was replaced meanwhile by another of the same name' };
      ran ||= hasRun(status.data, container);
      const end = endInStatus(status.data, container);
      if (end !== undefined) return { kind: 'ended', end };
    }
    const list = eventListSchema.safeParse(events?.ok === true ? events.body : undefined);
    const failure =
      (status.success ? failureInStatus(status.data, container) : undefined) ??
      (list.success ? failureInEvents(list.data, container) : undefined);
    if (failure !== undefined) return { kind: 'failed', failure };
    const pull = list.success ? pullInEvents(list.data, container) : undefined;
    if (list.success) pulling = pull !== undefined;
    // Once: told again and again it would count as news each time.
    if (pull !== undefined && pull !== toldPull) onPull(pull);
    toldPull = pull;
    return undefined;
  };

  return { look, ran: () => ran, pulling: () => pulling };
};

export interface WatchPorts {
  readonly look: Status['look'];
  /** The log has brought something. */
  readonly started: () => boolean;
  readonly trouble: () => LogTrouble | undefined;
  readonly signal: AbortSignal;
}

/** Looks only while the log stays away or cannot be read: where it flows, it tells everything itself. */
export const watchStatus = async ({ look, started, trouble, signal }: WatchPorts): Promise<Outcome> => {
  let endSeenAt: number | undefined;
  await sleep(FIRST_LOOK_MS, undefined, { signal });
  for (;;) {
    if (!started() || trouble() !== undefined) {
      const seen = await look();
      if (seen?.kind === 'lost' || (seen?.kind === 'failed' && !started())) return seen;
      if (seen?.kind === 'ended') {
        endSeenAt ??= monotonicMs();
        const unread = trouble();
        const hopelessAt = Math.max(endSeenAt, unread?.since ?? endSeenAt) + LOST_AFTER_MS;
        if (unread !== undefined && monotonicMs() > hopelessAt)
          return {
            kind: 'lost',
            reason: `the debug container has ended, and its log cannot be read: ${unread.message}`,
          };
      }
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
};
