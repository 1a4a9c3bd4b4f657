import { readFileSync } from 'node:fs';

declare const NETCHECK_VERSION: string | undefined;

/** Of this tool: set by the bundler, read from package.json when run from source. */
export const VERSION: string =
  typeof NETCHECK_VERSION === 'string'
    ? NETCHECK_VERSION
    : String(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
