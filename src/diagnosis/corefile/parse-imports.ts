/** `import`: of a snippet, whose words are known, or of files, which this tool does not see. */
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

export interface Failure {
  readonly line: number;
  readonly reason: string;
}

export interface Snippets {
  readonly words: Map<string, readonly Token[]>;
  /** How often any was imported so far. */
  expansions: number;
}

/** As many as CoreDNS follows. */
const MAX_EXPANSIONS = 10_000;

const count = (text: string, character: string): number => text.split(character).length - 1;

/** CoreDNS takes one `*` and one `?`, and no `[a-z]`, so as not to search for ever. */
const tooWild = (pattern: string): boolean =>
  count(pattern, '*') > 1 || count(pattern, '?') > 1 || (pattern.includes('[') && pattern.includes(']'));

/** At the word `import`. Leaves the stream at the first word of what was imported. */
export const takeImport = (stream: TokenStream, snippets: Snippets): Failure | undefined => {
  const before = stream.previous();
  const line = stream.current()?.line ?? 0;
  if (!stream.nextArgument()) return { line, reason: 'import does not say what to import' };
  const pattern = stream.current();
  if (pattern === undefined || pattern.text === '')
    return { line, reason: 'import takes the name of a snippet or a file, and this one is empty' };
  if (stream.nextArgument())
    return {
      line,
      reason: `import takes one snippet, file or pattern, and ${quote(stream.current()?.text ?? '')} is one too many`,
    };
  const words = pattern.open ? undefined : snippets.words.get(pattern.text);
  if (words !== undefined) {
    snippets.expansions += 1;
    if (snippets.expansions > MAX_EXPANSIONS)
      return {
        line,
        reason: `the snippet ${quote(pattern.text)} imports itself, or snippets import each other`,
      };
    stream.replaceSince(before, words);
    return undefined;
  }
  if (!pattern.open && tooWild(pattern.text))
    return { line, reason: `import takes one wildcard, and ${quote(pattern.text)} has more` };
  stream.replaceSince(before, [{ ...pattern, line, lineBreaks: 0, unseen: true }]);
  return undefined;
};
