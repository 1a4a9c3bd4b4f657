/** Faults of the API server itself, set by tests while it runs. */
import type { RequestInfo } from './request-info.ts';
import { ApiError, failure, forbidden } from './status.ts';

/** Which requests; all that is given must hold. */
export interface FaultMatch {
  readonly method?: string;
  /** Path without query: equal, or matching. */
  readonly path?: string | RegExp;
  /** `get`, `list`, `watch`, `create`, `patch` … */
  readonly verb?: string;
  readonly resource?: string;
  /** `log`, `exec`, `ephemeralcontainers`; empty for the resource itself. */
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly user?: string;
  /** Only dry runs, or only real ones. */
  readonly dryRun?: boolean;
}

export type FaultAction =
  /** Answer with this status instead. 429 and 503 carry Retry-After when it is given. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly retryAfterSeconds?: number;
      readonly message?: string;
    }
  /** Answer as a server that has no such route: 404 in plain text. */
  | { readonly kind: 'no-route' }
  /** Something happens in the cluster between this request and its answer; the answer is that of the cluster as it is then. */
  | { readonly kind: 'meanwhile'; readonly happens: () => void | Promise<void> }
  /** Reset the TCP connection without an answer. */
  | { readonly kind: 'reset' }
  /** Take the request and never answer. */
  | { readonly kind: 'hang' }
  /** Answer as usual, later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Send this many bytes of the body (of the connection after the upgrade, for exec), then close the connection. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** An admission webhook refuses a write. */
  | { readonly kind: 'webhook'; readonly name: string; readonly message: string; readonly code?: number }
  /** A ValidatingAdmissionPolicy refuses a write. */
  | {
      readonly kind: 'policy';
      readonly policy: string;
      readonly binding: string;
      readonly message: string;
    }
  /** Any other admission plugin refuses a write: 403 `… is forbidden: MESSAGE`. */
  | { readonly kind: 'admission'; readonly message: string };

export interface Fault {
  readonly on: FaultMatch;
  readonly action: FaultAction;
  /** How often; always when not given. */
  readonly times?: number;
  /** Let this many matching requests through first. */
  readonly after?: number;
}

/** A request, as far as faults choose by it. */
export interface FaultSubject {
  readonly method: string;
  readonly info: RequestInfo;
  readonly user: string;
  readonly dryRun: boolean;
}

export interface Faults {
  /** Returns the way to take it back. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The actions for a request; counts down those that are limited. */
  take(asked: FaultSubject): readonly FaultAction[];
}

const same = <T>(wanted: T | undefined, value: T): boolean => wanted === undefined || wanted === value;

const matches = (on: FaultMatch, { method, info, user, dryRun }: FaultSubject): boolean =>
  same(on.method, method) &&
  same(on.dryRun, dryRun) &&
  (on.path === undefined ||
    (typeof on.path === 'string' ? on.path === info.path : on.path.test(info.path))) &&
  same(on.verb, info.verb) &&
  same(on.resource, info.resource) &&
  same(on.subresource, info.subresource) &&
  same<string | undefined>(on.namespace, info.namespace) &&
  same<string | undefined>(on.name, info.name) &&
  same(on.user, user);

export const createFaults = (): Faults => {
  const active = new Map<symbol, { fault: Fault; seen: number; done: number }>();
  return {
    add: (fault) => {
      const key = Symbol('fault');
      active.set(key, { fault, seen: 0, done: 0 });
      return () => active.delete(key);
    },
    clear: () => active.clear(),
    take: (asked) => {
      const actions: FaultAction[] = [];
      for (const entry of active.values()) {
        const { on, action, times, after = 0 } = entry.fault;
        if (!matches(on, asked)) continue;
        entry.seen += 1;
        if (entry.seen <= after || (times !== undefined && entry.done >= times)) continue;
        entry.done += 1;
        actions.push(action);
      }
      return actions;
    },
  };
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};
const MESSAGES: Readonly<Record<number, string>> = {
  429: 'Too many requests, please try again later.',
  500: 'Internal error occurred: etcdserver: request timed out',
  503: 'apiserver not ready',
};

/** The refusal that a `status` fault stands for. */
export const statusFault = (action: Extract<FaultAction, { kind: 'status' }>): ApiError => {
  const { code, retryAfterSeconds } = action;
  const message = action.message ?? MESSAGES[code] ?? `the server answered ${code}`;
  const details = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return new ApiError(failure(code, REASONS[code] ?? 'Unknown', message, details), headers);
};

/** Throws the refusal when one of the actions is one of admission's. */
export const admissionFault = (
  actions: readonly FaultAction[],
  object: { readonly group: string; readonly resource: string; readonly name: string },
): void => {
  for (const action of actions) {
    if (action.kind === 'webhook') {
      const message = `admission webhook "${action.name}" denied the request: ${action.message}`;
      const code = action.code ?? 403;
      throw new ApiError(failure(code, code === 403 ? 'Forbidden' : '', message));
    }
    if (action.kind === 'policy') {
      const why = `ValidatingAdmissionPolicy '${action.policy}' with binding '${action.binding}' denied request: ${action.message}`;
      const { status } = forbidden(object.group, object.resource, object.name, why);
      const details = { ...status.details, causes: [{ message: why }] };
      throw new ApiError({ ...status, reason: 'Invalid', details, code: 422 });
    }
    if (action.kind === 'admission') {
      throw forbidden(object.group, object.resource, object.name, action.message);
    }
  }
};
