/** The parts of a Corefile: the keys of a server block, a snippet, a directive. */

import { type Failure, type Snippets, takeImport } from './parse-imports.ts';
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';
import type { Directive, FileImport, ServerBlock } from './tree.ts';

export interface Work {
  readonly stream: TokenStream;
  readonly snippets: Snippets;
  readonly blocks: ServerBlock[];
  readonly imports: FileImport[];
  readonly selfImports: FileImport[];
  /** Whether files were imported so far. */
  unseen: boolean;
}

export const importOf = ({ text, line }: Token): FileImport => ({ pattern: text, line });
export const lineOf = (stream: TokenStream): number => stream.current()?.line ?? 1;
export const textOf = (stream: TokenStream): string => stream.current()?.text ?? '';
export const stands = (stream: TokenStream, text: string): boolean => {
  const token = stream.current();
  return token !== undefined && token.text === text && !token.unseen;
};

/** At the word `import`. */
export const importHere = (work: Work): Failure | undefined => {
  const failure = takeImport(work.stream, work.snippets);
  if (work.stream.current()?.unseen) work.unseen = true;
  return failure;
};

export interface Keys {
  readonly keys: readonly Token[];
  /** Nothing follows. */
  readonly atEnd: boolean;
}

/** From the first word of a server block to its brace, or to the line after its keys. */
export const readKeys = (work: Work): Keys | Failure => {
  const { stream } = work;
  const keys: Token[] = [];
  let another = false;
  for (;;) {
    const token = stream.current();
    if (token?.unseen) {
      work.imports.push(importOf(token));
      if (!stream.next()) return { keys, atEnd: true };
      continue;
    }
    if (token?.text === 'import' && stream.startsLine()) {
      const failure = importHere(work);
      if (failure !== undefined) return failure;
      continue;
    }
    if (token?.text === '{') {
      return another
        ? { line: token.line, reason: 'a comma promises another name, and { follows' }
        : { keys, atEnd: false };
    }
    if (token !== undefined && token.text !== '') {
      another = token.text.endsWith(',');
      keys.push(another ? { ...token, text: token.text.slice(0, -1) } : token);
    }
    const more = stream.next();
    if (!more && another)
      return { line: lineOf(stream), reason: 'a comma promises another name, and none follows' };
    if (!more) return { keys, atEnd: true };
    if (!another && stream.startsLine()) return { keys, atEnd: false };
  }
};

const SNIPPET = /^\((?<name>.*)\)$/s;
/** `(name)` and nothing else. */
export const snippetName = (keys: readonly Token[]): string | undefined =>
  keys.length === 1 ? SNIPPET.exec(keys[0]?.text ?? '')?.groups?.name : undefined;

const importsItself = (name: string, words: readonly Token[]): Token | undefined =>
  words.find(
    ({ text, line }, index) =>
      text === 'import' && words[index - 1]?.line !== line && words[index + 1]?.text === name,
  );

/** From the opening brace of a snippet to the closing one. */
export const readSnippet = (work: Work, name: string): Failure | undefined => {
  const { stream, snippets, selfImports } = work;
  const line = lineOf(stream);
  if (snippets.words.has(name)) return { line, reason: `the snippet ${quote(name)} is there twice` };
  if (!stands(stream, '{'))
    return { line, reason: `the snippet ${quote(name)} needs a { where ${quote(textOf(stream))} stands` };
  const words: Token[] = [];
  for (let depth = 1; depth > 0; ) {
    if (!stream.next()) return { line, reason: `the { of the snippet ${quote(name)} is never closed` };
    depth += stands(stream, '{') ? 1 : stands(stream, '}') ? -1 : 0;
    const token = stream.current();
    if (depth > 0 && token !== undefined) words.push(token);
  }
  const itself = importsItself(name, words);
  if (itself !== undefined) selfImports.push({ pattern: name, line: itself.line });
  snippets.words.set(name, words);
  return undefined;
};

/** From a plugin's name to the end of its line, or of the block that it opens. */
export const readDirective = (work: Work): Directive | Failure => {
  const { stream } = work;
  const name = textOf(stream);
  const tokens: Token[] = [];
  const open: number[] = [];
  do {
    const token = stream.current();
    if (tokens.length > 0) {
      if (stands(stream, '{')) open.push(lineOf(stream));
      else if (open.length === 0 && stream.startsLine()) {
        stream.hold();
        return { name, tokens };
      } else if (stands(stream, '}') && open.pop() === undefined) {
        return { line: lineOf(stream), reason: `} closes nothing, in the line of ${quote(name)}` };
      } else if (stands(stream, 'import') && stream.startsLine()) {
        const failure = importHere(work);
        if (failure !== undefined) return failure;
        stream.hold();
        continue;
      }
    }
    if (token !== undefined) tokens.push(token);
  } while (stream.next());
  const line = open.at(-1);
  return line === undefined ? { name, tokens } : { line, reason: `the { of ${quote(name)} is never closed` };
};
