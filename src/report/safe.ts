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

/**
 * What a CI system takes for a command when it stands in a job's log. `##[…]`, `##vso[…]` and `##teamcity[…]`: anywhere in a line.
 * `::set-output …::`: where a line begins, spaces not counted; wrapping can put any word there. `::1` and `::ffff:10.0.0.1` are none.
 */
const HASH_COMMAND = /##(?=\[|vso\[|teamcity\[)/gi;
const COLON_COMMAND = /(?<!\S)::(?=[a-z][\w-]*(?: |::))/gi;

/** Text for one place within a line of a terminal that understands UTF-8, or of a log. */
export const visible = (text: string): string =>
  text.replace(UNSAFE, escaped).replace(HASH_COMMAND, '\\x23#').replace(COLON_COMMAND, '\\x3a:');

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
  json
    .replace(UNSAFE, (character) => {
      if (character === '\n') return character;
      return Array.from({ length: character.length }, (_, index) => {
        const unit = character.charCodeAt(index);
        return `\\u${unit.toString(16).padStart(4, '0')}`;
      }).join('');
    })
    .replace(HASH_COMMAND, '\\u0023#');

/** Whether YAML may show `text` as it is, line for line. Otherwise it is to stand in double quotes, for visibleYaml. */
export const needsEscapes = (text: string): boolean => text.replaceAll('\n', ' ').search(NOT_AS_IT_IS) !== -1;
const NOT_AS_IT_IS = new RegExp(`${UNSAFE.source}|${HASH_COMMAND.source}|${COLON_COMMAND.source}`, 'iu');

/** YAML text whose unsafe characters all stand in double quotes; the newlines of its layout stay. Each becomes one escape. */
export const visibleYaml = (yaml: string): string =>
  yaml
    .replace(UNSAFE, (character) => {
      if (character === '\n') return character;
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
    })
    .replace(HASH_COMMAND, '\\x23#');
