/** Names how following the debug container ended. Pure. */
import type { Entry, Way } from '../../model/entry.ts';
import { redactText } from '../../redact.ts';
import type { ContainerEnd, StartFailure } from '../watchdog.ts';

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'runner-deadline' }
  | { readonly kind: 'runner-stopped' }
  /** The runner came to its end and wrote more records than could be read. */
  | { readonly kind: 'records-missing' }
  /** The container ended without the runner's last record. */
  | { readonly kind: 'ended'; readonly end: ContainerEnd }
  | { readonly kind: 'failed'; readonly failure: StartFailure }
  | { readonly kind: 'lost'; readonly reason: string }
  /** We stopped following it: at the run's deadline, or because the user said so. */
  | { readonly kind: 'stopped'; readonly by: 'timeout' | 'interrupt' };

export interface Seen {
  /** The log or the status say so. */
  readonly ran: boolean;
  /** From the PATCH to the first text of the log, milliseconds. */
  readonly startMs: number | undefined;
  /** Its image was still on its way to the node. */
  readonly pulling: boolean;
  /** Why the log could not be read in the end. */
  readonly trouble: string | undefined;
  /** Log text that is not the runner's, in lines that may come again. */
  readonly strayText: string;
}

/** The beginning of the termination message that the runner leaves when it was not stopped early. */
const RUNNER_SAYS_COMPLETE = 'netcheck: complete';
const RECORDS_MISSING = 'the runner came to its end, and its log lacks records';
const STILL_PULLING =
  'its image is still being pulled: the node goes on with it, so ask again later, or with a longer --timeout, or with an image that is nearer, --image';
const NOTHING_KNOWN = 'neither the log nor the status of the debug container was to be had';
const LONGEST_DETAIL = 1000;

/** A log that was read again brings the same lines again. */
const withoutRepeats = (text: string): string => [...new Set(text.trim().split('\n'))].join('\n');

/** What status and log say of a container that ended early: 126, 127 and 128 mean that its shell is missing or could not run. */
const lastWords = ({ reason, message }: ContainerEnd, strayText: string): string =>
  redactText(
    [reason, message, withoutRepeats(strayText)]
      .filter((part) => part !== undefined && part !== '')
      .join(': '),
  ).slice(0, LONGEST_DETAIL);

export const entryOf = (
  outcome: Outcome,
  base: { readonly via?: Way; readonly container: string; readonly image: string },
  seen: Seen,
): Entry => {
  const { startMs } = seen;
  const ran = { state: 'ran', ...base, ...(startMs === undefined ? {} : { startMs }) } as const;
  switch (outcome.kind) {
    case 'complete':
      return { ...ran, end: 'complete' };
    case 'runner-deadline':
      return { ...ran, end: 'deadline' };
    case 'runner-stopped':
      return { ...ran, end: 'container-ended', detail: 'a signal ended it, as when its pod is deleted' };
    case 'records-missing':
      return { ...ran, end: 'connection-lost', detail: RECORDS_MISSING };
    case 'failed':
      return { state: 'not-started', ...base, ...outcome.failure };
    case 'lost':
      return { ...ran, end: 'connection-lost', detail: outcome.reason };
    case 'ended': {
      const { end } = outcome;
      if (end.message?.startsWith(RUNNER_SAYS_COMPLETE) === true)
        return { ...ran, end: 'connection-lost', detail: RECORDS_MISSING };
      const detail = lastWords(end, seen.strayText);
      return {
        ...ran,
        end: 'container-ended',
        exitCode: end.exitCode,
        ...(detail === '' ? {} : { detail }),
      };
    }
    case 'stopped': {
      const timeout = outcome.by === 'timeout';
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
        message: seen.pulling ? STILL_PULLING : (seen.trouble ?? NOTHING_KNOWN),
        toldBy: 'deadline',
      };
    }
  }
};
