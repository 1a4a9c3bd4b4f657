/** Words one by one, with snippets put in where they are imported: without moving the rest, so that many imports cost no more than few. */
import type { Token } from './tokens.ts';

export interface TokenStream {
  /** The word read last. undefined: nothing was read yet, or an import at the very end brought nothing. */
  readonly current: () => Token | undefined;
  readonly previous: () => Token | undefined;
  /** false: there is no further word, and the current one stays. */
  readonly next: () => boolean;
  /** The next word, if it stands on the same line. */
  readonly nextArgument: () => boolean;
  /** The next call of `next` will stay with the current word. */
  readonly hold: () => void;
  /** Whether the current word stands on another line than the one before. */
  readonly startsLine: () => boolean;
  /** Puts words in place of all that was read since `before`, and reads the first of them. */
  readonly replaceSince: (before: Token | undefined, words: readonly Token[]) => void;
  /** Snippets brought more words than are followed here. */
  readonly overflowed: () => boolean;
}

const lastLine = (token: Token): number => token.line + token.lineBreaks;
const differentFiles = (a: Token, b: Token): boolean => a.unseen || b.unseen;

export const onSameLine = (before: Token, token: Token): boolean =>
  !differentFiles(before, token) && lastLine(before) === token.line;
/** Not the opposite: words of a snippet have the lines that they have there, and may come after a higher one. */
const onLaterLine = (before: Token, token: Token): boolean =>
  differentFiles(before, token) || lastLine(before) < token.line;

/** How many words snippets may bring, beside those of the text itself. */
const GROWTH = 200_000;

export const streamOf = (tokens: readonly Token[]): TokenStream => {
  const frames = [{ tokens, index: 0 }];
  let budget = tokens.length + GROWTH;
  let current: Token | undefined;
  let previous: Token | undefined;
  let held = false;

  const peek = (): Token | undefined => {
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const token = frame.tokens[frame.index];
      if (token !== undefined) return budget > 0 ? token : undefined;
      frames.pop();
    }
    return undefined;
  };
  const pull = (): Token | undefined => {
    const token = peek();
    const frame = frames.at(-1);
    if (token === undefined || frame === undefined) return undefined;
    frame.index += 1;
    budget -= 1;
    return token;
  };
  const next = (): boolean => {
    if (held) {
      held = false;
      return true;
    }
    const token = pull();
    if (token === undefined) return false;
    previous = current;
    current = token;
    return true;
  };

  return {
    current: () => current,
    previous: () => previous,
    next,
    nextArgument: () => {
      const token = peek();
      return current !== undefined && token !== undefined && onSameLine(current, token) && next();
    },
    hold: () => {
      if (current === undefined) current = previous;
      else held = true;
    },
    startsLine: () => previous === undefined || (current !== undefined && onLaterLine(previous, current)),
    replaceSince: (before, words) => {
      frames.push({ tokens: words, index: 0 });
      previous = before;
      current = pull();
    },
    overflowed: () => budget <= 0,
  };
};
