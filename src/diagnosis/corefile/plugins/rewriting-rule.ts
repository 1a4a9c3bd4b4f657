/** What the rules of rewrite share. */
import type { Sink } from '../grammar.ts';
import type { Token } from '../tokens.ts';
import { choiceOfAnyCase } from '../words.ts';

/** `words`: behind the kind of the rule, which is `at`. */
export type Rule = (at: Token, words: readonly Token[], sink: Sink) => void;

/** How a name is compared. */
export const MATCH = choiceOfAnyCase('exact', 'prefix', 'suffix', 'substring', 'regex');

export const lower = (word: Token | undefined): string => word?.text.toLowerCase() ?? '';

export const wrongCount = (at: Token, kind: string, count: string, sink: Sink): void =>
  sink.refuse(at, `a ${kind} rule of rewrite takes ${count}`);
