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
