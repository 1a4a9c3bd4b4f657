/**
 * The one choke point for what came from a cluster or a probe: no byte of it can steer a terminal, reorder a line, hide, or
 * begin a line of its own. What is made visible keeps its meaning for a reader: `\x1b`, `\u{202e}`.
 */

/**
 * Controls (C0, DEL, C1), format characters (bidi, zero-width, tags), lone surrogates, private use and unassigned ones; line
 * and paragraph separators; and all else that a terminal may draw as nothing (fillers, variation selectors).
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex.padStart(4, '0')}}`);
};

/** Text for one place within a line of a terminal that understands UTF-8. */
export const visible = (text: string): string => text.replace(UNSAFE, escaped);

/** Our own typography, said in ASCII. */
const PLAIN: Readonly<Record<string, string>> = {
  '→': '->',
  '▶': '>',
  '└': '`',
  '…': '...',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '×': 'x',
  µ: 'u',
};

/**
 * The same for a terminal that is not known to understand UTF-8: ASCII only. Others would not just look wrong: bytes of UTF-8
 * between 0x80 and 0x9f are control characters in an 8-bit terminal.
 */
export const visibleAscii = (text: string): string =>
  visible(text).replace(/[^\x20-\x7e]/gu, (character) => PLAIN[character] ?? escaped(character));

/** JSON text with the same characters as `\u` escapes; the newlines of its layout stay. */
export const visibleJson = (json: string): string =>
  json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, index) => {
      const unit = character.charCodeAt(index);
      return `\\u${unit.toString(16).padStart(4, '0')}`;
    }).join('');
  });
