/** All that running a command may touch. main.ts makes the real ones; tests make their own. */
import type { Code } from '../codes/index.ts';
import type { Case } from '../model/case.ts';
import type { CheckOptions, CheckPorts, CheckResult } from '../model/options.ts';
import type { Report } from '../model/report.ts';
import type { StopSignal } from './exit-status.ts';
import type { Env, StreamFacts } from './terminal.ts';

export interface OutputStream extends StreamFacts {
  /** Resolves when the text has left the process. */
  readonly write: (text: string) => Promise<void>;
}

export interface Files {
  /** `-`: stdin. Rejects with the system's error. */
  readonly read: (path: string, signal: AbortSignal) => Promise<string>;
  /** Rejects with the system's error where `path` could not be written, and changes nothing. */
  readonly tryWrite: (path: string) => Promise<void>;
  /** Readable by the user only (0600). Rejects with the system's error. */
  readonly writePrivate: (path: string, text: string) => Promise<void>;
}

export interface RunPorts {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly files: Files;
  readonly env: Env;
  /** `linux`, `darwin`, `win32` … */
  readonly platform: string;
  readonly now: () => Date;
  readonly later: (ms: number, callback: () => void) => () => void;
  /** Fires when the user stops the run. */
  readonly signal: AbortSignal;
  /** Which signal did. */
  readonly stoppedBy: () => StopSignal | undefined;
  /** Loaded only when needed: they bring the Kubernetes client, and the probes. */
  readonly loadCheck: () => Promise<(options: CheckOptions, ports: CheckPorts) => Promise<CheckResult>>;
  readonly loadJudge: () => Promise<(value: Case) => Report>;
  readonly loadCodes: () => Promise<{
    readonly CODES: readonly Code[];
    readonly findCode: (wanted: string) => Code | undefined;
  }>;
}
