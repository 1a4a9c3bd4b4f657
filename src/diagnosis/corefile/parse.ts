/**
 * The parser of Corefiles, as CoreDNS has it from Caddy 1: it knows server blocks, snippets, imports and where a directive ends, and leaves
 * the rest to the plugins (`plugins/`). Takes any text, in time linear in its length.
 */

import type { Failure } from './parse-imports.ts';
import {
  importHere,
  importOf,
  lineOf,
  readDirective,
  readKeys,
  readSnippet,
  snippetName,
  stands,
  textOf,
  type Work,
} from './parse-parts.ts';
import { quote } from './quote.ts';
import { streamOf } from './token-stream.ts';
import { readTokens, type Token } from './tokens.ts';
import type { Directive, FileImport, Parsed } from './tree.ts';

/** From the first directive to the brace that closes the block, or to the end. */
const readDirectives = (work: Work, directives: Directive[], imports: FileImport[]): Failure | undefined => {
  const { stream } = work;
  while (stream.next()) {
    const token = stream.current();
    if (stands(stream, '}')) return undefined;
    if (token?.unseen) imports.push(importOf(token));
    else if (stands(stream, 'import')) {
      const failure = importHere(work);
      if (failure !== undefined) return failure;
      stream.hold();
    } else {
      const directive = readDirective(work);
      if ('reason' in directive) return directive;
      directives.push(directive);
    }
  }
  return undefined;
};

/** A block of one server may do without braces; then it has all that follows. */
const readBlock = (work: Work, keys: readonly Token[], line: number): Failure | undefined => {
  const { stream } = work;
  const directives: Directive[] = [];
  const imports: FileImport[] = [];
  const opening = stands(stream, '{') ? lineOf(stream) : undefined;
  if (opening === undefined) stream.hold();
  const failure = readDirectives(work, directives, imports);
  if (failure !== undefined) return failure;
  // Where the text ends too early, CoreDNS is content with a } that closed something else.
  if (opening !== undefined && !stands(stream, '}')) {
    return {
      line: opening,
      reason: `the { of this server block is never closed: the text ends after ${quote(textOf(stream))}`,
    };
  }
  if (keys.length > 0) work.blocks.push({ line, keys, directives, imports });
  return undefined;
};

const readOne = (work: Work): Failure | undefined => {
  const line = lineOf(work.stream);
  const read = readKeys(work);
  if ('reason' in read) return read;
  const { keys, atEnd } = read;
  const from = keys[0]?.line ?? line;
  if (atEnd) {
    if (keys.length > 0) work.blocks.push({ line: from, keys, directives: [], imports: [] });
    return undefined;
  }
  const name = snippetName(keys);
  return name === undefined ? readBlock(work, keys, from) : readSnippet(work, name);
};

/** `source`: the text of a Corefile, as its ConfigMap holds it. */
export const parseCorefile = (source: string): Parsed => {
  const stream = streamOf(readTokens(source));
  const work: Work = {
    stream,
    snippets: { words: new Map(), expansions: 0 },
    blocks: [],
    imports: [],
    selfImports: [],
    unseen: false,
  };
  while (stream.next()) {
    const failure = readOne(work);
    if (stream.overflowed()) return { kind: 'too-large', line: lineOf(stream) };
    if (failure !== undefined) return { kind: 'syntax-error', ...failure, certain: !work.unseen };
  }
  const { blocks, imports, selfImports } = work;
  return stream.overflowed()
    ? { kind: 'too-large', line: lineOf(stream) }
    : { kind: 'parsed', corefile: { blocks, imports, selfImports } };
};
