import { UserError } from '../errors.ts';
import { fileErrorReason } from '../file-error.ts';

/** What kept `path` from being written; an error that is not the file system's comes back as it is. */
export const saveError = (path: string, error: unknown): unknown => {
  const reason = fileErrorReason(error);
  if (reason === undefined) return error;
  return new UserError({ code: 'save-failed', message: `cannot write ${path}`, reason, cause: error });
};
