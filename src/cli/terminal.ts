/** How text is drawn, worked out from flags, environment and streams. Pure. */
import type { TextOptions } from '../report/screen.ts';
import type { ColorMode } from './command.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface StreamFacts {
  readonly isTerminal: boolean;
  /** undefined in a pipe. */
  readonly columns: number | undefined;
}

const PIPE_WIDTH = 80;

/** NO_COLOR (no-color.org) and TERM=dumb turn `auto` off; an explicit `always` stands above both. */
export const wantsColor = (mode: ColorMode, stream: StreamFacts, env: Env): boolean => {
  if (mode !== 'auto') return mode === 'always';
  return stream.isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
};

/** By the locale, as libc reads it: LC_ALL, LC_CTYPE, LANG, the first that is set and not empty. */
export const takesUtf8 = (env: Env, platform: string): boolean => {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => (value ?? '') !== '');
  if (locale !== undefined) return /utf-?8/i.test(locale);
  // Without a locale: terminals of macOS are UTF-8, of those of Windows only the newer ones, which say so.
  return platform === 'darwin' || (platform === 'win32' && env.WT_SESSION !== undefined);
};

export const textOptions = (
  output: { readonly color: ColorMode; readonly verbosity: number },
  stream: StreamFacts,
  env: Env,
  platform: string,
): TextOptions => ({
  width: stream.columns ?? PIPE_WIDTH,
  color: wantsColor(output.color, stream, env),
  unicode: takesUtf8(env, platform),
  verbose: output.verbosity > 0,
});
