/** The system's errors about files, in words. */
import { errorCode, errorMessage } from './errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ERR_STRING_TOO_LONG: 'it is too large to be read',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read',
};

/** undefined: no error of the file system. */
export const fileErrorReason = (error: unknown): string | undefined => {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  const ofSystem = typeof error === 'object' && error !== null && 'syscall' in error;
  return WORDS[code] ?? (ofSystem ? errorMessage(error) : undefined);
};
