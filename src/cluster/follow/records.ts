/** What the log has brought: results as they become whole, each once, and how the runner ended. */
import type { RawResult } from '../../model/probe.ts';
import type { Decoder, RunnerEnd } from '../../runner/types.ts';
import type { Outcome } from './entry-of.ts';

export interface Records {
  /** Takes the next piece of the log. Pieces that come again change nothing. */
  readonly take: (text: string) => void;
  readonly results: () => readonly RawResult[];
  /** From the PATCH to the first text, milliseconds. */
  readonly startMs: () => number | undefined;
  /** Once the runner's last record is in: how it ended, and `records-missing` where it wrote more than is here. */
  readonly outcome: () => Outcome | undefined;
}

const RUNNER_ENDS = {
  complete: 'complete',
  deadline: 'runner-deadline',
  stopped: 'runner-stopped',
} as const satisfies Record<RunnerEnd['reason'], Outcome['kind']>;

/** @param elapsedMs since the PATCH. @param asked how many answers there can be. */
export const createRecords = (
  decoder: Decoder,
  elapsedMs: () => number,
  tell: { readonly onStart: () => void; readonly onResult: (results: readonly RawResult[]) => void },
  asked = Number.POSITIVE_INFINITY,
): Records => {
  const results: RawResult[] = [];
  let startMs: number | undefined;
  return {
    take: (text) => {
      if (startMs === undefined && text !== '') {
        startMs = Math.round(elapsedMs());
        tell.onStart();
      }
      // Each result once: the decoder knows what it has given out.
      const fresh = decoder.push(text);
      results.push(...fresh);
      if (fresh.length > 0) tell.onResult(results);
    },
    results: () => results,
    startMs: () => startMs,
    outcome: () => {
      const end = decoder.end();
      // With every answer in, nothing is left to wait for: the runner's last word would only say so.
      if (end === undefined) return results.length >= asked ? { kind: 'complete' } : undefined;
      return { kind: results.length < end.records ? 'records-missing' : RUNNER_ENDS[end.reason] };
    },
  };
};
