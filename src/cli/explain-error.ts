/** Tells on stderr what went wrong, and with which status to end. */
import { UserError } from '../errors.ts';
import { fileErrorReason } from '../file-error.ts';
import { redactText } from '../redact.ts';
import { visible, visibleAscii } from '../report/safe.ts';
import { VERSION } from '../version.ts';
import { unknownErrorText, userErrorText } from './error-text.ts';
import { EXIT } from './exit-status.ts';
import { type Env, takesUtf8 } from './terminal.ts';

/** A write to stdout that failed (disk full): nobody else in here lets an error of the file system through. */
const outputError = (error: unknown): UserError | undefined => {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'write') return undefined;
  const reason = fileErrorReason(error);
  return new UserError({ code: 'output-failed', message: 'cannot write to stdout', reason, cause: error });
};

export const explainError = async (
  error: unknown,
  to: {
    readonly stderr: { readonly write: (text: string) => Promise<void> };
    readonly env: Env;
    readonly platform: string;
  },
): Promise<number> => {
  const shown = takesUtf8(to.env, to.platform) ? visible : visibleAscii;
  // Messages quote what was typed, files, servers and login programs.
  const clean = (text: string): string => shown(redactText(text));
  const known = error instanceof UserError ? error : outputError(error);
  await to.stderr.write(
    known === undefined ? unknownErrorText(error, VERSION, clean) : userErrorText(known, clean),
  );
  return known?.exitCode ?? EXIT.failed;
};
