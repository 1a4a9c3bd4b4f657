/** What stderr says when something went wrong. Pure. */
import type { UserError } from '../errors.ts';

const REPORT_AT = 'https://github.com/kubectl-netcheck/kubectl-netcheck/issues';

/** Message, reason, what to type next; never a stack. */
export const userErrorText = (error: UserError, clean: (text: string) => string): string =>
  [
    `error: ${clean(error.message)}`,
    ...(error.reason === undefined ? [] : [`  ${clean(error.reason)}`]),
    ...error.next.map((command) => `  next  ${clean(command)}`),
    '',
  ].join('\n');

/** An error that nobody foresaw: its stack is what a report of it needs. */
export const unknownErrorText = (
  error: unknown,
  version: string,
  clean: (text: string) => string,
): string => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `error: kubectl netcheck ${version} met something that it does not know, which is a fault of its own`,
    ...stack.split('\n').map((line) => `  ${clean(line)}`),
    `  please report it: ${REPORT_AT}`,
    '  with these lines, and the file of --save where there is one (it holds names and addresses of the cluster)',
    '',
  ].join('\n');
};
