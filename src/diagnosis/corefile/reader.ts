/** How a plugin reads its words: CoreDNS's dispenser, which knows lines and the braces of one block. */
import { onSameLine } from './token-stream.ts';
import type { Token } from './tokens.ts';

export interface Reader {
  /** The word read last. */
  readonly token: () => Token;
  /** The next word, on whatever line. */
  readonly next: () => boolean;
  /** The next word, if it stands on the same line. */
  readonly nextArgument: () => boolean;
  /** The words that remain of the line, or up to `{`. */
  readonly rest: () => readonly Token[];
  /** Whether `{` follows on this line. */
  readonly opensBlock: () => boolean;
  /** The first word of the block that `{` on this line opens, or the next word in it; false at its end, or where no block is. */
  readonly nextInBlock: () => boolean;
}

const NOTHING: Token = { text: '', line: 1, lineBreaks: 0, open: false, unseen: false };

export const readerOf = (tokens: readonly Token[]): Reader => {
  let cursor = -1;
  let depth = 0;
  const at = (index: number): Token => tokens[index] ?? tokens.at(-1) ?? NOTHING;
  const next = (): boolean => {
    if (cursor >= tokens.length - 1) return false;
    cursor += 1;
    return true;
  };
  const nextArgument = (): boolean => {
    const following = tokens[cursor + 1];
    return following !== undefined && (cursor < 0 || onSameLine(at(cursor), following)) && next();
  };
  const closes = (): boolean => at(cursor).text === '}' && !at(cursor).unseen;

  return {
    token: () => at(Math.max(0, cursor)),
    next,
    nextArgument,
    rest: () => {
      const words: Token[] = [];
      while (nextArgument()) {
        if (at(cursor).text === '{') {
          cursor -= 1;
          break;
        }
        words.push(at(cursor));
      }
      return words;
    },
    opensBlock: () => {
      const opens = nextArgument();
      const brace = opens && at(cursor).text === '{';
      if (opens) cursor -= 1;
      return brace;
    },
    nextInBlock: () => {
      if (depth > 0) {
        if (!next()) return false;
        if (closes()) depth -= 1;
        return !closes();
      }
      if (!nextArgument()) return false;
      if (at(cursor).text !== '{') {
        cursor -= 1;
        return false;
      }
      if (!next() || closes()) return false;
      depth += 1;
      return true;
    },
  };
};
