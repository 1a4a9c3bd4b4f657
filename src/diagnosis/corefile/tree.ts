/** A Corefile as CoreDNS's parser leaves it to the plugins: server blocks, and in them directives with their words. */
import type { Token } from './tokens.ts';

export interface Directive {
  /** The plugin. */
  readonly name: string;
  /** Its own name, what follows on the line, and its block with the braces. */
  readonly tokens: readonly Token[];
}

/** Files that are read in place of the line, as `import custom/*.override`; this tool does not see them. */
export interface FileImport {
  readonly line: number;
  readonly pattern: string;
}

export interface ServerBlock {
  /** Of its first key. */
  readonly line: number;
  /** As they are written: `.:53`, `tls://example.org`. */
  readonly keys: readonly Token[];
  readonly directives: readonly Directive[];
  /** Such as may bring any directive. */
  readonly imports: readonly FileImport[];
}

export interface Corefile {
  readonly blocks: readonly ServerBlock[];
  /** Outside of server blocks: they may bring more of them. */
  readonly imports: readonly FileImport[];
  /** Snippets that import themselves. CoreDNS up to 1.12 did not mind as long as nobody imported them. */
  readonly selfImports: readonly FileImport[];
}

export interface SyntaxError {
  readonly kind: 'syntax-error';
  /** From 1. */
  readonly line: number;
  /** A sentence without its full stop. */
  readonly reason: string;
  /** Files that this tool does not see were read before, and may have closed or opened a brace. */
  readonly certain: boolean;
}

export type Parsed =
  | { readonly kind: 'parsed'; readonly corefile: Corefile }
  | SyntaxError
  /** Snippets that import snippets grew it beyond what is followed here. */
  | { readonly kind: 'too-large'; readonly line: number };

/** All words that a plugin gets to read: those of each of its directives in the block, one after the other. */
export const tokensOf = (block: ServerBlock, plugin: string): readonly Token[] =>
  block.directives.filter(({ name }) => name === plugin).flatMap(({ tokens }) => tokens);
