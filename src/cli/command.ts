/** What argv says, as a value. Nothing here knows how it is run. */
import type { CheckOptions } from '../model/options.ts';
import type { ReportFile } from './report-file.ts';

export type OutputFormat = 'text' | 'json' | 'yaml';
export type FailOn = 'error' | 'warning' | 'never';
export type ColorMode = 'auto' | 'always' | 'never';

/** How the result is shown, for every command that shows one. */
export interface OutputOptions {
  readonly format: OutputFormat;
  readonly color: ColorMode;
  readonly failOn: FailOn;
  /** How often `-v` was given. */
  readonly verbosity: number;
}

export interface CheckCommand {
  readonly kind: 'check';
  readonly check: CheckOptions;
  readonly output: OutputOptions;
  /** Path of the case to write. */
  readonly save?: string | undefined;
  /** Undefined: none. */
  readonly reports?: readonly ReportFile[] | undefined;
}

export interface JudgeCommand {
  readonly kind: 'judge';
  /** Path of a saved case; `-`: stdin. */
  readonly file: string;
  readonly output: OutputOptions;
  /** Undefined: none. */
  readonly reports?: readonly ReportFile[] | undefined;
}

export type Command =
  | CheckCommand
  | JudgeCommand
  /** `code` has the form of a code (`NC3101`) or id (`pod-not-found`); whether it exists is asked of the registry. */
  | { readonly kind: 'explain'; readonly code: string; readonly output: OutputOptions }
  | { readonly kind: 'codes'; readonly output: OutputOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };
