/** A user entry → one that holds what goes with requests: token files read, login programs run. Done again when a login has expired. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { errorMessage, UserError } from '../../errors.ts';
import { fileErrorReason } from '../../file-error.ts';
import type { PluginPorts } from './exec-plugin.ts';
import { type Entry, textOf, without } from './schema.ts';

const readToken = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UserError({
      code: 'credentials-unusable',
      message: `cannot read the token file ${file}, which the kubeconfig names`,
      reason: fileErrorReason(error) ?? errorMessage(error),
      next: ['kubectl config view --minify'],
      cause: error,
    });
  }
};

/** The file counts, as in kubectl: it is what is renewed. The token beside it is for when the file cannot be read. */
const tokenOf = (user: Entry, folder: string): string | undefined => {
  const token = textOf(user, 'token');
  const file = textOf(user, 'tokenFile');
  if (file === undefined) return token;
  try {
    return readToken(isAbsolute(file) ? file : join(folder, file));
  } catch (error) {
    if (token === undefined) throw error;
    return token;
  }
};

/** Whether logging in again can give something new. */
export const isRenewable = (user: Entry): boolean => Boolean(user.exec || textOf(user, 'tokenFile'));

/**
 * A token, or a name and password, takes the place of a login program, as in kubectl.
 * @throws UserError where a file cannot be read, or the program gives nothing; the signal's reason when that fires.
 */
export const logIn = async (user: Entry, cluster: Entry, ports: PluginPorts): Promise<Entry> => {
  const token = tokenOf(user, ports.folder);
  const rest = without(user, 'exec', 'tokenFile');
  if (token !== undefined) return { ...rest, token };
  if (!user.exec || textOf(user, 'username') !== undefined) return rest;
  // Loaded here, as most logins need none.
  const { runExecPlugin } = await import('./exec-plugin.ts');
  const given = await runExecPlugin(user.exec, cluster, ports);
  const own = 'client-certificate-data' in given ? without(rest, 'client-certificate', 'client-key') : rest;
  return { ...own, ...given };
};
