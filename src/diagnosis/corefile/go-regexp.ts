/**
 * Regular expressions as Go reads them (RE2). Only what Go refuses for sure is told; the rest passes, for a full reader of that syntax would
 * be another parser.
 */
import type { WordKind } from './words.ts';

/** Without escapes and classes, of which only their being there matters. */
const withoutAtoms = (pattern: string): string | undefined => {
  const parts: string[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] ?? '';
    if (character === '\\') {
      if (at + 1 >= pattern.length) return undefined;
      parts.push(/[1-9]/.test(pattern[at + 1] ?? '') ? '\\' : 'a');
      at += 2;
    } else if (character === '[') {
      const end = endOfClass(pattern, at);
      if (end === undefined) return undefined;
      parts.push('a');
      at = end;
    } else {
      parts.push(character);
      at += 1;
    }
  }
  return parts.join('');
};

/** Behind the `]` of the class that opens at `start`. A `]` that comes first is one of its characters. */
const endOfClass = (pattern: string, start: number): number | undefined => {
  let at = start + 1;
  if (pattern[at] === '^') at += 1;
  if (pattern[at] === ']') at += 1;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\') at += 2;
    else if (pattern.startsWith('[:', at)) {
      const end = pattern.indexOf(':]', at + 2);
      at = end === -1 ? at + 1 : end + 2;
    } else at += 1;
  }
  return at < pattern.length ? at + 1 : undefined;
};

const balanced = (pattern: string): boolean => {
  let depth = 0;
  for (const character of pattern) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
};

/** Looking ahead or behind, references back, and repetitions of nothing. */
const NEVER = /\(\?(?:[=!]|<[=!])|\\|(?:^|\(|\|)[*+?](?<!\(\?)|\*\*|\+\*|\*\+|\+\+/;

const LONGEST = 10_000;

export const GO_REGEXP: WordKind = {
  expects: 'a regular expression as Go has them (no look-ahead, no reference back, brackets in pairs)',
  accepts: (pattern) => {
    // Between \Q and \E all stands for itself. What is very long is not looked through.
    if (pattern.includes('\\Q') || pattern.length > LONGEST) return true;
    const skeleton = withoutAtoms(pattern);
    return skeleton !== undefined && balanced(skeleton) && !NEVER.test(skeleton);
  },
};
