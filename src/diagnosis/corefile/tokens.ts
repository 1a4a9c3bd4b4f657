/** A Corefile as words, split as CoreDNS's own lexer (that of Caddy 1) splits it. */

export interface Token {
  /** Without the quotes. A quoted brace is a brace all the same: CoreDNS does not tell them apart. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Line breaks inside of it; only a quoted word has any. */
  readonly lineBreaks: number;
  /** Its text is not known here: it names an environment variable, or a placeholder that NodeLocal DNSCache fills in. */
  readonly open: boolean;
  /** Stands for files that CoreDNS reads at this place, and that this tool does not see; the text is their pattern. */
  readonly unseen: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';
/** What Go's `unicode.IsSpace` takes for a space. */
const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const isSpace = (character: string): boolean => SPACE.test(character);

const encloses = (text: string, opening: string, closing: string): boolean => {
  const start = text.indexOf(opening);
  return start !== -1 && text.indexOf(closing, start) > start + opening.length;
};

/** Of NodeLocal DNSCache, whose ConfigMap keeps them: the program writes the Corefile that CoreDNS reads. */
const PLACEHOLDER = '__PILLAR__';

/** Variables are `{$NAME}` or `{%NAME%}`: CoreDNS puts the value in before a plugin reads the word. */
const isOpen = (text: string): boolean =>
  encloses(text, '{%', '%}') || encloses(text, '{$', '}') || text.includes(PLACEHOLDER);

const tokenOf = (text: string, line: number): Token => ({
  text,
  line,
  lineBreaks: text.split('\n').length - 1,
  open: isOpen(text),
  unseen: false,
});

interface Read {
  readonly text: string;
  /** Where to go on. */
  readonly next: number;
  readonly complete: boolean;
}

/** From behind the opening quote to the closing one, or the end. A backslash escapes a quote and nothing else. */
const readQuoted = (source: string, start: number): Read => {
  const parts: string[] = [];
  let at = start;
  while (at < source.length && source[at] !== '"') {
    const character = source[at] ?? '';
    const next = source[at + 1] ?? '';
    const escapes = character === '\\';
    if (!escapes) parts.push(character);
    else if (next !== '') parts.push(next === '"' ? next : `${character}${next}`);
    at += escapes ? 2 : 1;
  }
  return { text: parts.join(''), next: at + 1, complete: at < source.length };
};

/**
 * To the next space. `#` hides the rest also in the middle of a word (`53#x` is `53`), though only up to that space. Carriage returns
 * vanish.
 */
const readPlain = (source: string, start: number): Read => {
  let at = start;
  while (at < source.length && (source[at] === '\r' || !isSpace(source[at] ?? ''))) at += 1;
  const [text = ''] = source.slice(start, at).split('#', 1);
  return { text: text.replaceAll('\r', ''), next: at, complete: true };
};

const endOfLine = (source: string, start: number): number => {
  const end = source.indexOf('\n', start);
  return end === -1 ? source.length : end;
};

/** All words in their order. Any text has a reading. */
export const readTokens = (source: string): readonly Token[] => {
  const tokens: Token[] = [];
  let line = 1;
  let at = source.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (at < source.length) {
    const character = source[at] ?? '';
    if (isSpace(character)) {
      if (character === '\n') line += 1;
      at += 1;
    } else if (character === '#') {
      at = endOfLine(source, at);
    } else {
      const read = character === '"' ? readQuoted(source, at + 1) : readPlain(source, at);
      const token = tokenOf(read.text, line);
      if (read.complete || read.text !== '') tokens.push(token);
      line += token.lineBreaks;
      at = read.next;
    }
  }
  return tokens;
};
