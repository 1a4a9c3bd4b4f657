/** The Kubernetes API as netcheck uses it: retries, deadlines, and one way to tell what could not be known. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import { deniedRight } from '../denied-right.ts';
import { errorCode, errorMessage, isTimeout, UserError } from '../errors.ts';
import type { Known, MissingRight } from '../model/evidence.ts';
import { redactText } from '../redact.ts';
import { type ApiFailure, isImpersonationRefused, parseFailure } from './api-failure.ts';
import { skewOf } from './clock-skew.ts';
import { type Endpoint, type Exchange, type OpenResponse, open, readAll } from './http.ts';
import type { Validity } from './kubeconfig/validity.ts';
import { createLogin } from './login.ts';
import { ATTEMPTS, ATTEMPTS_AT_SILENCE, delayBefore, isPassing, isPassingStatus } from './retry.ts';
import { createTurns } from './turns.ts';

export { type ApiFailure, parseFailure } from './api-failure.ts';

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
  readonly description: {
    readonly server: string;
    readonly context: string | undefined;
    /** `host:port` of the proxy on the way. */
    readonly proxy?: string | undefined;
  };
  readonly request: (request: ApiRequest) => Promise<ApiAnswer>;
  readonly stream: (exchange: Exchange, signal: AbortSignal) => Promise<OpenResponse>;
  /** Set once the server could not be reached at all, or did not let us in as whom we say we are: nothing else can work then. */
  readonly trouble: () => ClientTrouble | undefined;
  /** Requests sent so far, retries included. */
  readonly requestCount: () => number;
  /**
   * The same endpoint for clean-up: its requests do not end with the run (Ctrl-C, `--timeout`), but all together after `ms` milliseconds.
   * It shares the connections, so it need not be closed, and closing either closes those of both.
   */
  readonly afterwards: (ms: number) => Client;
  readonly close: () => void;
}

export type ClientTrouble =
  | { readonly kind: 'unreachable'; readonly error: ApiUnavailable }
  | {
      readonly kind: 'unauthenticated';
      readonly message: string;
      /** Of the credentials that were not accepted. */
      readonly validity?: Validity | undefined;
      /** How far the server's clock is ahead of ours. */
      readonly aheadMs?: number | undefined;
    }
  /** `--as` and its like. */
  | { readonly kind: 'may-not-impersonate'; readonly message: string };

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

const REQUEST_TIMEOUT_MS = 10_000;

/** A server, or a proxy before it, may repeat in its refusal what it was sent. */
const withoutCredentials = (text: string, { headers }: Endpoint): string => {
  const { Authorization: sent } = headers;
  const secret = typeof sent === 'string' ? sent.replace(/^\w+ /, '') : '';
  return redactText(secret.length < 6 ? text : text.replaceAll(secret, '(removed)'));
};

const inWords = (error: unknown, code: string | undefined): string =>
  code === 'ECONNRESET' || code === 'EPIPE'
    ? `the connection was lost before the whole answer was there (${code})`
    : errorMessage(error);

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
  const login = createLogin(endpoint);
  const turns = createTurns();
  const timeoutMs = about.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  let sent = 0;
  let reached = false;
  let trouble: ClientTrouble | undefined;

  /** Opens with the credentials that hold now; after a 401 once more with new ones. */
  const openAs = async (exchange: Exchange, until: AbortSignal): Promise<OpenResponse> => {
    const used = login.endpoint();
    sent += 1;
    const response = await open(used, exchange, until);
    reached = true;
    if (response.status !== 401) login.accepted(used);
    else if (await login.renewed(used, signal)) {
      response.close();
      sent += 1;
      return open(login.endpoint(), exchange, until);
    }
    return response;
  };

  const noteTrouble = (failure: ApiFailure, date: string | undefined): void => {
    const { httpStatus, message } = failure;
    if (httpStatus === 401)
      trouble = {
        kind: 'unauthenticated',
        message,
        validity: login.endpoint().validity,
        aheadMs: skewOf(date, Date.now()),
      };
    else if (isImpersonationRefused(failure)) trouble = { kind: 'may-not-impersonate', message };
  };

  const once = async (
    request: ApiRequest,
  ): Promise<{ readonly answer: ApiAnswer; readonly retryAfterSeconds: number | undefined }> => {
    const limit = request.timeoutMs ?? timeoutMs;
    // 0 is no limit, as in kubectl: the run's own remains.
    const timeout = limit === 0 ? undefined : AbortSignal.timeout(limit);
    const response = await openAs(
      request,
      timeout === undefined ? signal : AbortSignal.any([signal, timeout]),
    );
    const text = await readAll(response).catch((error: unknown) => {
      // A body that is given up shows as a lost connection.
      throw timeout?.aborted === true ? timeout.reason : error;
    });
    const { status, retryAfterSeconds, date } = response;
    if (status < 200 || status > 299) {
      const failure = parseFailure(status, withoutCredentials(text, login.endpoint()));
      noteTrouble(failure, date);
      return { answer: { ok: false, failure }, retryAfterSeconds };
    }
    const body: unknown = text === '' ? undefined : parseBody(text);
    return { answer: { ok: true, httpStatus: status, body }, retryAfterSeconds };
  };

  const request = async (wanted: ApiRequest): Promise<ApiAnswer> => {
    const repeatable = wanted.repeatable ?? wanted.method === 'GET';
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= ATTEMPTS;
      let wait: number;
      try {
        await turns.take();
        const { answer, retryAfterSeconds } = await once(wanted).finally(turns.give);
        if (answer.ok || last) return answer;
        // 429 says "not done": it may be sent again whatever the verb.
        const { httpStatus } = answer.failure;
        const again = httpStatus === 429 || (repeatable && isPassingStatus(answer.failure));
        if (!again) return answer;
        wait = delayBefore(attempt, retryAfterSeconds);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof UserError) throw error;
        const code = errorCode(error);
        const timedOut = isTimeout(error);
        const worthIt = repeatable && (timedOut || error instanceof BadBody || isPassing(code, reached));
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
    description: { server: redactText(endpoint.server), context: about.context, proxy: endpoint.proxy },
    request,
    stream: (exchange, streamSignal) => openAs(exchange, AbortSignal.any([signal, streamSignal])),
    trouble: () => trouble,
    requestCount: () => sent,
    afterwards: (ms) => createClient(login.endpoint(), about, AbortSignal.timeout(ms)),
    close: login.close,
  };
};

/** The right that was asked for and who lacks it; where impersonation itself was refused, that is what is missing. */
const lacking = (message: string, asked: MissingRight): MissingRight => {
  const denied = deniedRight(message);
  if (denied?.verb === 'impersonate') return denied;
  return denied?.user === undefined ? asked : { ...asked, user: denied.user };
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
    if (httpStatus === 403) return { state: 'forbidden', right: lacking(message, right) };
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
