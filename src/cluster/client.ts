/** The Kubernetes API as netcheck uses it: retries, deadlines, and one way to tell what could not be known. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import { errorCode, errorMessage, isTimeout } from '../errors.ts';
import type { Known, MissingRight } from '../model/evidence.ts';
import { redactText } from '../redact.ts';
import { type Endpoint, type Exchange, type OpenResponse, open, readAll } from './http.ts';

/** The server's own words for a refusal: a Kubernetes Status, or plain text from whatever stands before it. */
export interface ApiFailure {
  readonly httpStatus: number;
  readonly reason: string | undefined;
  readonly message: string;
  readonly details: { readonly name?: string | undefined; readonly kind?: string | undefined } | undefined;
}

export type ApiAnswer =
  | { readonly ok: true; readonly httpStatus: number; readonly body: unknown }
  | { readonly ok: false; readonly failure: ApiFailure };

export interface ApiRequest extends Exchange {
  /** May be sent again after an answer that says "not now", or none. GETs always may. */
  readonly repeatable?: boolean;
  /** For one try, not for all of them. */
  readonly timeoutMs?: number;
}

export interface Client {
  /** Of the kubeconfig's context, or the flags. */
  readonly namespace: string;
  /** Where and as whom, for messages: no secrets. */
  readonly description: { readonly server: string; readonly context: string | undefined };
  readonly request: (request: ApiRequest) => Promise<ApiAnswer>;
  readonly stream: (exchange: Exchange, signal: AbortSignal) => Promise<OpenResponse>;
  /** Set once the server could not be reached at all, or did not accept the credentials: nothing else can work then. */
  readonly trouble: () => ClientTrouble | undefined;
  /** Requests sent so far, retries included. */
  readonly requestCount: () => number;
  readonly close: () => void;
}

export type ClientTrouble =
  | { readonly kind: 'unreachable'; readonly error: ApiUnavailable }
  | { readonly kind: 'unauthenticated'; readonly message: string };

/** Nothing usable came back, however often it was asked. `cause` is the last try's error. */
export class ApiUnavailable extends Error {
  /** Whether a connection was ever made: false means "no cluster there", true "the cluster has trouble". */
  readonly reached: boolean;
  constructor(message: string, options: { cause?: unknown; reached: boolean }) {
    super(message, { cause: options.cause });
    this.name = 'ApiUnavailable';
    this.reached = options.reached;
  }
}

/** The server answered 200 with something that is not JSON: half an answer, or a proxy's page. */
class BadBody extends Error {}

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadBody('the answer is not JSON', { cause });
  }
};

const ATTEMPTS = 4;
/** Silence costs a whole request's time each: what did not answer twice is not asked again. */
const ATTEMPTS_AT_SILENCE = 2;
const BASE_DELAY_MS = 150;
const LONGEST_DELAY_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A server, or a proxy before it, may repeat in its refusal what it was sent. */
const withoutCredentials = (text: string, { headers }: Endpoint): string => {
  const { Authorization: sent } = headers;
  const secret = typeof sent === 'string' ? sent.replace(/^\w+ /, '') : '';
  return redactText(secret.length < 6 ? text : text.replaceAll(secret, '(removed)'));
};

export const parseFailure = (httpStatus: number, text: string): ApiFailure => {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body) && body.kind === 'Status') {
      const details = isRecord(body.details) ? body.details : undefined;
      return {
        httpStatus,
        reason: asString(body.reason),
        message: asString(body.message) ?? '',
        details: details && { name: asString(details.name), kind: asString(details.kind) },
      };
    }
  } catch {
    // Plain text: an API group that is not installed, or a proxy's page.
  }
  return { httpStatus, reason: undefined, message: text.trim().slice(0, 500), details: undefined };
};

const inWords = (error: unknown, code: string | undefined): string =>
  code === 'ECONNRESET' || code === 'EPIPE'
    ? `the connection was lost before the whole answer was there (${code})`
    : errorMessage(error);

const delayBefore = (attempt: number, retryAfterSeconds: number | undefined): number => {
  if (retryAfterSeconds !== undefined) return Math.min(retryAfterSeconds * 1000, LONGEST_DELAY_MS);
  // Full jitter: many clients that were refused together must not come back together.
  return Math.random() * Math.min(BASE_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
};

/**
 * @param signal the whole run's: when it fires, every request ends with its reason.
 */
export const createClient = (
  endpoint: Endpoint,
  about: {
    readonly namespace: string;
    readonly context: string | undefined;
    readonly requestTimeoutMs?: number | undefined;
  },
  signal: AbortSignal,
): Client => {
  let sent = 0;
  let reached = false;
  let trouble: ClientTrouble | undefined;

  const once = async (
    request: ApiRequest,
  ): Promise<{ readonly answer: ApiAnswer; readonly retryAfterSeconds: number | undefined }> => {
    sent += 1;
    const timeout = AbortSignal.timeout(request.timeoutMs ?? about.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
    const response = await open(endpoint, request, AbortSignal.any([signal, timeout]));
    reached = true;
    const text = await readAll(response).catch((error: unknown) => {
      // A body that is given up shows as a lost connection.
      throw timeout.aborted ? timeout.reason : error;
    });
    const { status, retryAfterSeconds } = response;
    if (status < 200 || status > 299)
      return {
        answer: { ok: false, failure: parseFailure(status, withoutCredentials(text, endpoint)) },
        retryAfterSeconds,
      };
    const body: unknown = text === '' ? undefined : parseBody(text);
    return { answer: { ok: true, httpStatus: status, body }, retryAfterSeconds };
  };

  const request = async (wanted: ApiRequest): Promise<ApiAnswer> => {
    const repeatable = wanted.repeatable ?? wanted.method === 'GET';
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= ATTEMPTS;
      let wait: number;
      try {
        const { answer, retryAfterSeconds } = await once(wanted);
        // 429 says "not done": it may be sent again whatever the verb.
        const status = answer.ok ? 0 : answer.failure.httpStatus;
        if (!answer.ok && status === 401)
          trouble = { kind: 'unauthenticated', message: answer.failure.message };
        const again = status === 429 || (repeatable && RETRY_STATUS.has(status));
        if (!again || last) return answer;
        wait = delayBefore(attempt, retryAfterSeconds);
      } catch (error) {
        signal.throwIfAborted();
        const code = errorCode(error);
        const timedOut = isTimeout(error);
        const worthIt =
          repeatable &&
          (timedOut || error instanceof BadBody || (code !== undefined && RETRY_CODES.has(code)));
        // A reset, a bad body or silence means that something is there.
        if (timedOut ? reached : worthIt) reached = true;
        if (!worthIt || last || (timedOut && attempt + 1 >= ATTEMPTS_AT_SILENCE)) {
          const unavailable = new ApiUnavailable(
            timedOut ? 'the API server did not answer in time' : inWords(error, code),
            { cause: error, reached },
          );
          if (!reached) trouble = { kind: 'unreachable', error: unavailable };
          throw unavailable;
        }
        wait = delayBefore(attempt, undefined);
      }
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  };

  return {
    namespace: about.namespace,
    description: { server: redactText(endpoint.server), context: about.context },
    request,
    stream: async (exchange, streamSignal) => {
      sent += 1;
      const response = await open(endpoint, exchange, AbortSignal.any([signal, streamSignal]));
      reached = true;
      return response;
    },
    trouble: () => trouble,
    requestCount: () => sent,
    close: () => endpoint.agent.destroy(),
  };
};

/**
 * Asks for something and says what is known of it. Never throws.
 * @param right what RBAC has to grant for it: named when the server says 403.
 */
export const know = async <T>(
  client: Pick<Client, 'request'>,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodMiniType<T>,
  right: MissingRight,
): Promise<Known<T>> => {
  let answer: ApiAnswer;
  try {
    answer = await client.request({ method: 'GET', path, query });
  } catch (error) {
    // What is not an ApiUnavailable is the end of the whole run: this item was not answered before it.
    return {
      state: 'failed',
      reason: error instanceof ApiUnavailable ? error.message : 'no answer before the run ended',
    };
  }
  if (!answer.ok) {
    const { httpStatus, message } = answer.failure;
    if (httpStatus === 404) return { state: 'absent' };
    if (httpStatus === 403) return { state: 'forbidden', right };
    return { state: 'failed', reason: `HTTP ${httpStatus}: ${message}` };
  }
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return { state: 'known', value: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    state: 'failed',
    reason: `unexpected answer at ${issue?.path.join('.') ?? '/'}: ${issue?.message ?? ''}`,
  };
};
