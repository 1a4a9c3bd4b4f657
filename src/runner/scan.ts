/** Finds the runner's lines in a log that comes in pieces, and keeps the beginning of everything else. */
import { MARK } from './wire.ts';

const STRAY_LIMIT = 4_096;
/** Longer than any line of the script. What is longer and has no end is somebody else's. */
const LONGEST_LINE = 4_096;

export interface Scanner {
  /** Offers the body of each line with our mark to `take`, which says whether it is ours; what is not becomes stray text. */
  readonly push: (text: string, take: (body: string) => boolean) => void;
  /** First 4 KiB, with what has not come to an end yet. */
  readonly strayText: () => string;
}

export const createScanner = (nonce: string): Scanner => {
  const start = `${MARK}|${nonce}|`;
  let stray = '';
  /** The text since the last `~` or newline; it holds neither. */
  let rest = '';
  /** A line of ours has just ended: the newline after it is its own. */
  let afterLine = false;

  const keep = (text: string): void => {
    if (stray.length < STRAY_LIMIT) stray = (stray + text).slice(0, STRAY_LIMIT);
  };

  const endOfRest = (terminator: string, take: (body: string) => boolean): void => {
    const text = rest;
    rest = '';
    const at = terminator === '~' ? text.lastIndexOf(start) : -1;
    if (at >= 0 && take(text.slice(at + start.length))) {
      keep(text.slice(0, at));
      afterLine = true;
      return;
    }
    if (!afterLine || terminator === '~' || !/^\r?$/.test(text)) keep(text + terminator);
    afterLine = false;
  };

  return {
    push: (text, take) => {
      let from = 0;
      for (const { index, 0: terminator } of text.matchAll(/[~\n]/g)) {
        rest += text.slice(from, index);
        from = index + 1;
        endOfRest(terminator, take);
      }
      rest += text.slice(from);
      if (rest.length > 2 * LONGEST_LINE) {
        keep(rest.slice(0, -LONGEST_LINE));
        rest = rest.slice(-LONGEST_LINE);
      }
    },
    strayText: () => (stray + rest).slice(0, STRAY_LIMIT),
  };
};
