/** What a text renderer draws with: width, colours, glyphs. All pure. */
import { visible, visibleAscii } from './safe.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** The output takes UTF-8. */
  readonly unicode: boolean;
  /** Also show checks, answers and evidence of every finding. */
  readonly verbose: boolean;
}

export type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

/** SGR codes: on, off. The only escape sequences that any output holds. */
export const PALETTE: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export type Mark = 'ok' | 'broken' | 'warning' | 'unknown' | 'none';

const GLYPHS: Readonly<Record<Mark, readonly [unicode: string, ascii: string]>> = {
  ok: ['✔', 'v'],
  broken: ['✖', 'x'],
  warning: ['!', '!'],
  unknown: ['?', '?'],
  none: ['-', '-'],
};

const MARK_STYLES: Readonly<Record<Mark, Style>> = {
  ok: 'green',
  broken: 'red',
  warning: 'yellow',
  unknown: 'yellow',
  none: 'dim',
};

/** Drawn two columns wide by terminals: CJK, Hangul, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that `text` takes; it holds no escape sequence. */
export const columns = (text: string): number => {
  let total = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    total += WIDE.test(character) ? 2 : 1;
  }
  return total;
};

/** Lines of at most `width` columns, broken at spaces only: a name, address or URL always stays whole. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

export interface Screen {
  /** Columns to fill at most. */
  readonly width: number;
  readonly verbose: boolean;
  /** Everything that is no literal of the renderer goes through this, once. */
  readonly clean: (text: string) => string;
  /** `text` is clean and holds no newline. */
  readonly paint: (style: Style, text: string) => string;
  /** The painted glyph: one column. */
  readonly glyph: (mark: Mark) => string;
  /** Paints in the colour of the mark. */
  readonly marked: (mark: Mark, text: string) => string;
  readonly arrow: string;
}

const WIDEST = 100;
const NARROWEST = 20;

export const createScreen = (options: TextOptions): Screen => {
  const paint = (style: Style, text: string): string => {
    if (!options.color || text === '') return text;
    const [on, off] = PALETTE[style];
    return `\x1b[${on}m${text}\x1b[${off}m`;
  };
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, Math.floor(options.width) || 80)),
    verbose: options.verbose,
    clean: options.unicode ? visible : visibleAscii,
    paint,
    glyph: (mark) => paint(MARK_STYLES[mark], GLYPHS[mark][options.unicode ? 0 : 1]),
    marked: (mark, text) => paint(MARK_STYLES[mark], text),
    arrow: options.unicode ? '└▶' : '->',
  };
};

/** `12 ms`, `1.3 s`, `2 min 5 s`. */
export const durationText = (ms: number): string => {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** A first line after `head` and the rest below it, each at most `width` columns with the indent. */
export const hanging = (head: string, indent: number, text: string, width: number): readonly string[] => {
  const [first = '', ...rest] = wrap(text, Math.max(10, width - indent));
  return [head + first, ...rest.map((line) => ' '.repeat(indent) + line)];
};
