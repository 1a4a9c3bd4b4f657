/** Writes a small object as YAML: block style, and every string in double quotes, so that `no`, `1.10` and `~` stay strings. */

/** JSON's strings are among YAML's double-quoted ones; what YAML calls unprintable is escaped too. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Names of the API's fields: no reader of YAML takes them for anything but a string. Keys of labels are quoted. */
const FIELDS: readonly string[] = [
  ...['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'spec', 'podSelector', 'namespaceSelector'],
  ...['matchLabels', 'matchExpressions', 'key', 'operator', 'values', 'policyTypes', 'ingress', 'egress'],
  ...['from', 'to', 'ports', 'protocol', 'port', 'ipBlock', 'cidr'],
];
const keyText = (key: string): string => (FIELDS.includes(key) ? key : quoted(key));

const indented = (lines: readonly string[], first: string): readonly string[] =>
  lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`);

/** Objects, arrays, strings and numbers; what is undefined is left out. */
export const yamlLines = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [quoted(value)];
  if (typeof value !== 'object' || value === null) return [String(value)];
  if (Array.isArray(value))
    return value.length === 0 ? ['[]'] : value.flatMap((item: unknown) => indented(yamlLines(item), '- '));
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, inner]: [string, unknown]) => {
    const lines = yamlLines(inner);
    const isBlock = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
    return isBlock ? [`${keyText(key)}:`, ...indented(lines, '  ')] : [`${keyText(key)}: ${lines.join('')}`];
  });
};
