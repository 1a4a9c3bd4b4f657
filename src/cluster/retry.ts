/** Which failures pass by themselves, how often to try again, and after how long. */
import { type ApiFailure, isConflict } from './api-failure.ts';

export const ATTEMPTS = 4;
/** Silence costs a whole request's time each: what did not answer twice is not asked again. */
export const ATTEMPTS_AT_SILENCE = 2;
const BASE_DELAY_MS = 150;
const LONGEST_DELAY_MS = 5_000;
const RETRY_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** Failures of a connection that was, or may have been, made: worth another try. */
const RETRY_CODES: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'EAI_AGAIN',
  'HPE_INVALID_CONSTANT',
]);

/** Not after a POST that may have been done. */
export const isPassingStatus = (failure: ApiFailure): boolean =>
  RETRY_STATUS.has(failure.httpStatus) || isConflict(failure);
/** @param reached it has answered before: one that refuses connections now is being restarted. */
export const isPassing = (code: string | undefined, reached: boolean): boolean =>
  code !== undefined && (RETRY_CODES.has(code) || (reached && code === 'ECONNREFUSED'));

/** Milliseconds before the next try. */
export const delayBefore = (attempt: number, retryAfterSeconds: number | undefined): number => {
  if (retryAfterSeconds !== undefined) return Math.min(retryAfterSeconds * 1000, LONGEST_DELAY_MS);
  // Full jitter: many clients that were refused together must not come back together.
  return Math.random() * Math.min(BASE_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
};
