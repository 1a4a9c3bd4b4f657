/** Writes words as a Corefile, so that CoreDNS's lexer reads the same ones. */
import type { Token } from '../../../src/diagnosis/corefile/tokens.ts';
import type { Corefile } from '../../../src/diagnosis/corefile/tree.ts';

const PLAIN = /^(?!")[^\s\u0085#]+$/;
const written = (text: string): string => (PLAIN.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`);

/** Words of one line stay on one. */
const lines = (tokens: readonly Token[]): string =>
  tokens
    .map(({ text, line }, index) => {
      const before = tokens[index - 1];
      const sameLine = before !== undefined && before.line + before.lineBreaks === line;
      return `${index === 0 ? '' : sameLine ? ' ' : '\n'}${written(text)}`;
    })
    .join('');

/** Only of trees without imports: these have gone into the words. */
export const printCorefile = ({ blocks }: Corefile): string =>
  blocks
    .map(({ keys, directives }) => {
      const names = keys.map(({ text }) => written(text)).join(' ');
      return `\n${names} {\n${directives.map(({ tokens }) => `${lines(tokens)}\n`).join('')}}\n`;
    })
    .join('');
