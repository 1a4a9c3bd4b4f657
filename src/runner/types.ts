/** What the runner is told, and what comes back. */
import type { RawResult } from '../model/probe.ts';

export interface RunnerAsk {
  readonly id: string;
  /** Whole seconds after which the tool is ended. */
  readonly limitSeconds: number;
  readonly argv: readonly string[];
}

export interface RunnerOrder {
  /** Lower-case letters and digits, fresh each run: marks our records in the log. */
  readonly nonce: string;
  /** Whole seconds after which the runner ends itself and everything that it started. */
  readonly totalSeconds: number;
  /** How many asks run side by side. */
  readonly parallel: number;
  readonly asks: readonly RunnerAsk[];
}

/** The runner's last word. `deadline`: it ended itself; `stopped`: it was told to end by a signal. */
export interface RunnerEnd {
  readonly reason: 'complete' | 'deadline' | 'stopped';
  /** Records written; for an early end, those that had arrived before it. */
  readonly records: number;
}

export interface Decoder {
  /** Takes the next piece of the log, cut anywhere; returns the results that have become whole with it. */
  readonly push: (text: string) => readonly RawResult[];
  /** The runner has started: its first record is in. */
  readonly begun: () => boolean;
  readonly end: () => RunnerEnd | undefined;
  /** Programs that the runner wanted and the image lacks: without `timeout`, asks have no limit of their own; without `sleep`, the run has none. */
  readonly lacking: () => readonly string[];
  /** Log text outside of records: what a shell or a runtime said that could not start the runner. First 4 KiB. */
  readonly strayText: () => string;
}
