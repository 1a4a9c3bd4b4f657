/** When the log is asked for again. Pure. */

/** On a quiet pod the log is there 110 to 150 ms after the PATCH, so it is asked for often around then. */
const FINE_FROM_MS = 60;
const FINE_UNTIL_MS = 300;
const FINE_EVERY_MS = 20;
/** Later a fifth of the time that was waited, within these. */
const SHARE = 5;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;

export interface LastAsked {
  /** Milliseconds since the wait began: when the log was last asked for, and when that ended. */
  readonly askedMs: number;
  readonly answeredMs: number;
  /** It has not been there yet. Otherwise it was, and is waited for because it broke off. */
  readonly starting: boolean;
}

/** Milliseconds from the end of the last ask to the next. */
export const logPauseMs = ({ askedMs, answeredMs, starting }: LastAsked): number => {
  if (starting && askedMs < FINE_UNTIL_MS)
    return Math.max(0, Math.max(FINE_FROM_MS, askedMs + FINE_EVERY_MS) - answeredMs);
  return Math.min(Math.max(answeredMs / SHARE, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
};
