/** Reads the log once, from its beginning to its end or its silence. */
import { type Client, parseFailure } from '../client.ts';
import { type Exchange, readAll } from '../http.ts';

/** A log that says nothing for so long may be a dead connection. */
const SILENCE_MS = 5_000;
/** The longest that a Retry-After is heeded: the run has a deadline. */
const LONGEST_RETRY_AFTER_MS = 5_000;

export type LogRead =
  | { readonly there: true }
  /** Not yet, or not for us; `retryAfterMs`: not to be asked for before. */
  | { readonly there: false; readonly message: string; readonly retryAfterMs: number };

/**
 * @param take gets the text as it comes, and says whether that is enough: the rest is not waited for then.
 * @throws when the connection breaks, says nothing for 5 s, or when the signal fires.
 */
export const readLog = async (
  client: Pick<Client, 'stream'>,
  exchange: Exchange,
  signal: AbortSignal,
  take: (text: string) => boolean,
): Promise<LogRead> => {
  const silence = new AbortController();
  const restart = () => setTimeout(() => silence.abort(new Error('silence')), SILENCE_MS);
  let alarm = restart();
  try {
    const response = await client.stream(exchange, AbortSignal.any([signal, silence.signal]));
    if (response.status !== 200) {
      const { message } = parseFailure(response.status, await readAll(response));
      return {
        there: false,
        message: message || `HTTP ${response.status}`,
        retryAfterMs: Math.min((response.retryAfterSeconds ?? 0) * 1000, LONGEST_RETRY_AFTER_MS),
      };
    }
    try {
      for await (const text of response.text) {
        clearTimeout(alarm);
        if (take(text)) break;
        alarm = restart();
      }
    } finally {
      response.close();
    }
    return { there: true };
  } catch (error) {
    if (silence.signal.aborted && !signal.aborted)
      throw new Error(`nothing came for ${SILENCE_MS / 1000} s`, { cause: error });
    throw error;
  } finally {
    clearTimeout(alarm);
  }
};
