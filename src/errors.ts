/** An error that the user can do something about: told in full, without a stack. */
export class UserError extends Error {
  /** Stable, for scripts: `kubeconfig-unreadable`. */
  readonly code: string;
  readonly reason: string | undefined;
  /** What to type next. */
  readonly next: readonly string[];
  /** 1: the tool or the API failed; 2: bad usage. */
  readonly exitCode: 1 | 2;

  constructor(problem: {
    code: string;
    message: string;
    reason?: string | undefined;
    next?: readonly string[];
    exitCode?: 1 | 2;
    cause?: unknown;
  }) {
    super(problem.message, { cause: problem.cause });
    this.name = 'UserError';
    this.code = problem.code;
    this.reason = problem.reason;
    this.next = problem.next ?? [];
    this.exitCode = problem.exitCode ?? 1;
  }
}

const field = (error: unknown, name: 'name' | 'code' | 'message'): string | undefined => {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
};

// By their fields rather than by `instanceof`: errors also come from other realms (DOMException, worker and VM contexts).
/** `ECONNRESET`, `CERT_HAS_EXPIRED` … of a Node error. */
export const errorCode = (error: unknown): string | undefined => field(error, 'code');
/** What AbortSignal.timeout rejects with. */
export const isTimeout = (error: unknown): boolean => field(error, 'name') === 'TimeoutError';
export const errorName = (error: unknown): string | undefined => field(error, 'name');
export const errorMessage = (error: unknown): string => field(error, 'message') ?? String(error);
