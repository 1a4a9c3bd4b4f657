/** Everything here runs on Node 20 with no package installed, so it is plain JavaScript and imports only `node:*`. */
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One line of set-up. On stderr, so that stdout stays the script's own. */
export const say = (line) => process.stderr.write(`set-up: ${line}\n`);

/** What the user has to do; the set-up ends with exit status 1 and no stack. */
export class SetupError extends Error {}
