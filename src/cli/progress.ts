/**
 * What stderr shows while a run works. On a terminal one line that is written over; else whole lines, only where a run takes
 * long enough to make one wonder, and at most one a stage. Changes to the cluster are told everywhere.
 */
import type { ProgressEvent, Stage } from '../model/options.ts';
import { columns } from '../report/screen.ts';

export interface ProgressOptions {
  /** stderr is a terminal that understands escape sequences. */
  readonly terminal: boolean;
  /** Plain lines are not wanted (JSON, CI). */
  readonly quiet: boolean;
  readonly width: number;
  /** Makes text safe for this terminal. */
  readonly clean: (text: string) => string;
  readonly write: (text: string) => void;
  /** Calls back after so many milliseconds; returns the way to call it off. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

export interface Progress {
  readonly tell: (event: ProgressEvent) => void;
  /** Takes the rewritten line away; nothing is shown after it. */
  readonly end: () => void;
}

/** Silence after which a plain line is due. */
export const PATIENCE_MS = 2_000;

const ERASE_LINE = '\r\x1b[K';

/** What changes in the cluster, and what stays there. */
const isAlwaysShown = ({ stage }: ProgressEvent): boolean => stage === 'inject' || stage === 'left';

const lineOf = (event: ProgressEvent): string =>
  event.total === undefined ? event.text : `${event.text} (${event.done ?? 0} of ${event.total})`;

const shorten = (text: string, width: number): string => {
  if (columns(text) < width) return text;
  let fitted = '';
  for (const character of text) {
    if (columns(fitted + character) > width - 4) break;
    fitted += character;
  }
  return `${fitted}...`;
};

const rewriting = ({ width, clean, write }: ProgressOptions): Progress => {
  let shown = false;
  const erase = (): void => {
    if (shown) write(ERASE_LINE);
    shown = false;
  };
  return {
    tell: (event) => {
      // A login program may ask for something on the same terminal then.
      if (event.stage === 'connect') return;
      if (isAlwaysShown(event)) {
        erase();
        write(`${clean(event.text)}\n`);
        return;
      }
      write(`${ERASE_LINE}${shorten(clean(lineOf(event)), width)}`);
      shown = true;
    },
    end: erase,
  };
};

const plain = ({ quiet, clean, write, later }: ProgressOptions): Progress => {
  const told = new Set<Stage>();
  let callOff = (): void => {};
  const print = (event: ProgressEvent): void => {
    told.add(event.stage);
    write(`${clean(lineOf(event))}\n`);
  };
  return {
    tell: (event) => {
      if (isAlwaysShown(event)) print(event);
      if (quiet || told.has(event.stage)) return;
      callOff();
      callOff = later(PATIENCE_MS, () => print(event));
    },
    end: () => callOff(),
  };
};

export const createProgress = (options: ProgressOptions): Progress =>
  options.terminal ? rewriting(options) : plain(options);
