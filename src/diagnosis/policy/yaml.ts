/** Writes a small object as YAML, block style. A string stays one: what any reader could take for something else is in double quotes. */

/** JSON's strings are among YAML's double-quoted ones; what YAML calls unprintable is escaped too. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Begins with a letter, and holds nothing but what names, versions and DNS names are made of. */
const PLAIN = /^[A-Za-z](?:[\w./-]{0,252}\w)?$/;
/** What YAML 1.1 and 1.2 read as something else than text. */
const RESERVED = /^(?:y|yes|n|no|on|off|true|false|null)$/i;

const textOf = (text: string): string => (PLAIN.test(text) && !RESERVED.test(text) ? text : quoted(text));

const indented = (lines: readonly string[], first: string): readonly string[] =>
  lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`);

/** Objects, arrays, strings and numbers; what is undefined is left out. */
export const yamlLines = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [textOf(value)];
  if (typeof value !== 'object' || value === null) return [String(value)];
  if (Array.isArray(value))
    return value.length === 0 ? ['[]'] : value.flatMap((item: unknown) => indented(yamlLines(item), '- '));
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, inner]: [string, unknown]) => {
    const lines = yamlLines(inner);
    const isBlock = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
    return isBlock ? [`${textOf(key)}:`, ...indented(lines, '  ')] : [`${textOf(key)}: ${lines.join('')}`];
  });
};
