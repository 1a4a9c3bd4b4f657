/**
 * Asks for the log until there is one, and again when the connection is lost: records are idempotent, so nothing is lost and
 * nothing counts twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../clock.ts';
import { errorCode, errorMessage } from '../../errors.ts';
import type { Target } from '../../model/case.ts';
import type { Client } from '../client.ts';
import type { Exchange } from '../http.ts';
import { pathOf, RESOURCES } from '../paths.ts';
import type { Outcome } from './entry-of.ts';
import { logPauseMs } from './log-poll.ts';
import { readLog } from './read-log.ts';
import type { Records } from './records.ts';

/** After the end of the runner or its container, how often the log is read again for the records that it lacks. */
const READS_AFTER_END = 3;

/** Why the log cannot be read, and since when (monotonicMs). */
export interface LogTrouble {
  readonly message: string;
  readonly since: number;
}

export interface FollowedLog {
  /** Resolves as soon as the runner's last record and all before it are in, or with what `look` says of a log that ended without. */
  readonly follow: () => Promise<Outcome>;
  /** undefined while it flows. */
  readonly trouble: () => LogTrouble | undefined;
}

export interface LogPorts {
  readonly client: Pick<Client, 'stream'>;
  readonly records: Records;
  /** What status and events say of the container. */
  readonly look: () => Promise<Outcome | undefined>;
  readonly signal: AbortSignal;
}

/** In words: a connection that the other side closed in mid-body is `aborted` to Node. */
const connectionTrouble = (error: unknown): string =>
  errorCode(error) === 'ECONNRESET' ? 'the connection was lost' : errorMessage(error);

type Whole = Exclude<Outcome, { kind: 'records-missing' }>;
const isWhole = (outcome: Outcome | undefined): outcome is Whole =>
  outcome !== undefined && outcome.kind !== 'records-missing';

export const followLog = (target: Target, container: string, ports: LogPorts): FollowedLog => {
  const { client, records, look, signal } = ports;
  /** Characters read so far, in the read that came furthest. */
  let furthest = 0;
  let trouble: LogTrouble | undefined;

  const troubled = (message: string) => {
    trouble = { message, since: trouble?.since ?? monotonicMs() };
  };

  /** A log whose last record is in does not grow: it is read as it is. */
  const exchange = (): Exchange => ({
    method: 'GET',
    path: pathOf(RESOURCES.pods, target.namespace, target.pod, 'log'),
    query: { container, ...(records.outcome() === undefined ? { follow: 'true' } : {}) },
    accept: '*/*',
  });

  const taker = () => {
    let position = 0;
    return (text: string): boolean => {
      records.take(text);
      position += text.length;
      if (position > furthest) {
        furthest = position;
        trouble = undefined;
      }
      return isWhole(records.outcome());
    };
  };

  const follow = async (): Promise<Outcome> => {
    let waitingSince = monotonicMs();
    let readsAfterEnd = 0;
    for (;;) {
      const before = furthest;
      let askedAt = monotonicMs();
      let retryAfterMs = 0;
      try {
        const read = await readLog(client, exchange(), signal, taker());
        const end = records.outcome();
        if (isWhole(end)) return end;
        if (read.there) {
          const seen = end ?? (await look());
          const mayLack = seen?.kind === 'ended' || seen?.kind === 'records-missing';
          if (mayLack) readsAfterEnd += 1;
          if (seen !== undefined && (!mayLack || readsAfterEnd >= READS_AFTER_END)) return seen;
        } else {
          retryAfterMs = read.retryAfterMs;
          troubled(read.message);
        }
      } catch (error) {
        signal.throwIfAborted();
        const end = records.outcome();
        if (isWhole(end)) return end;
        troubled(connectionTrouble(error));
      }
      const now = monotonicMs();
      if (furthest > before) {
        waitingSince = now;
        askedAt = now;
      }
      const pauseMs = logPauseMs({
        askedMs: askedAt - waitingSince,
        answeredMs: now - waitingSince,
        starting: records.startMs() === undefined,
      });
      await sleep(Math.max(pauseMs, retryAfterMs), undefined, { signal });
    }
  };

  return { follow, trouble: () => trouble };
};
