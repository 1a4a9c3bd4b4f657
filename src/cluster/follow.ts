/**
 * Follows the debug container from the PATCH to the runner's last record: its log, and beside it status and events, which tell
 * why a log stays away.
 */
import { monotonicMs } from '../clock.ts';
import { isTimeout } from '../errors.ts';
import type { Target } from '../model/case.ts';
import type { Entry, Way } from '../model/entry.ts';
import type { RawResult } from '../model/probe.ts';
import type { Decoder } from '../runner/types.ts';
import type { Client } from './client.ts';
import { entryOf, type Outcome } from './follow/entry-of.ts';
import { followLog } from './follow/log.ts';
import { createRecords } from './follow/records.ts';
import { createStatus, watchStatus } from './follow/status.ts';

export interface Followed {
  readonly runs: readonly RawResult[];
  readonly entry: Entry;
}

export interface FollowPorts {
  readonly client: Pick<Client, 'request' | 'stream'>;
  readonly decoder: Decoder;
  /** How many answers there can be: with all of them in, it is over. Undefined: the runner's last record tells. */
  readonly asked?: number;
  /** Fires at the run's deadline (reason: a TimeoutError) or when the user stops it. */
  readonly signal: AbortSignal;
  readonly onStart: () => void;
  /** With all results so far. */
  readonly onResult: (results: readonly RawResult[]) => void;
  readonly onPull: (message: string) => void;
}

export const wasTimeout = (signal: AbortSignal): boolean => signal.aborted && isTimeout(signal.reason);

/** Resolves with what was seen by then when the signal fires. */
export const follow = async (
  target: Target,
  place: { readonly via?: Way; readonly container: string; readonly image: string },
  ports: FollowPorts,
): Promise<Followed> => {
  const { client, decoder } = ports;
  const began = monotonicMs();
  const finished = new AbortController();
  const signal = AbortSignal.any([ports.signal, finished.signal]);
  const records = createRecords(decoder, () => monotonicMs() - began, ports, ports.asked);
  const status = createStatus(client, target, place.container, ports.onPull);
  const { look } = status;
  const log = followLog(target, place.container, { client, records, look, signal });
  const started = () => records.startMs() !== undefined;

  const untilEnd = async (): Promise<Outcome> => {
    try {
      return await Promise.race([log.follow(), watchStatus({ look, started, trouble: log.trouble, signal })]);
    } catch (error) {
      if (!ports.signal.aborted) throw error;
      return { kind: 'stopped', by: wasTimeout(ports.signal) ? 'timeout' : 'interrupt' };
    } finally {
      finished.abort(new Error('finished'));
    }
  };

  const outcome = await untilEnd();
  const entry = entryOf(outcome, place, {
    ran: status.ran() || decoder.begun(),
    startMs: records.startMs(),
    pulling: status.pulling(),
    trouble: log.trouble()?.message,
    strayText: decoder.strayText(),
  });
  return { runs: records.results(), entry };
};
