/**
 * Holds what was observed against what has to be. Of an object the fields that are named are compared, of a list every entry,
 * in order, or where it is written as `{ inAnyOrder: [...] }` without; of `{ including: [...] }` others may stand beside them.
 * `null`: the field must not be there. Text between slashes is a regular expression, for text and numbers.
 */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const PATTERN = /^\/(?<source>.+)\/$/s;

const isText = (expected: string, actual: unknown): boolean => {
  const source = PATTERN.exec(expected)?.groups?.source;
  return source === undefined
    ? actual === expected
    : ['string', 'number'].includes(typeof actual) && new RegExp(source).test(String(actual));
};

/** Gives each expected entry an actual one of its own; the first that fits, as no two expectations here fit the same one. */
const withoutOrder = (
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
): readonly string[] => {
  const left = [...actual];
  const missing = expected.filter((entry) => {
    const at = left.findIndex((candidate) => differences(entry, candidate).length === 0);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((entry) => `${path}: nothing like ${show(entry)}`),
    ...left.map((entry) => `${path}: ${show(entry)} as well`),
  ];
};

/** One line for each difference, such as `addresses[0].address: "10.0.0.1", not "10.0.0.2"`; empty where there is none. */
export const differences = (expected: unknown, actual: unknown, path = ''): readonly string[] => {
  const differs = [`${path === '' ? 'all' : path}: ${show(actual)}, not ${show(expected)}`];
  if (expected === null) return actual === undefined ? [] : differs;
  if (typeof expected === 'string') return isText(expected, actual) ? [] : differs;
  if (Array.isArray(expected))
    return Array.isArray(actual) && actual.length === expected.length
      ? expected.flatMap((entry, index) => differences(entry, actual[index], `${path}[${index}]`))
      : differs;
  if (isRecord(expected) && Array.isArray(expected.inAnyOrder))
    return Array.isArray(actual) ? withoutOrder(expected.inAnyOrder, actual, path) : differs;
  if (isRecord(expected) && Array.isArray(expected.including))
    return Array.isArray(actual)
      ? withoutOrder(expected.including, actual, path).filter((line) => line.includes(': nothing like '))
      : differs;
  if (isRecord(expected))
    return isRecord(actual)
      ? Object.entries(expected).flatMap(([name, value]) =>
          differences(value, actual[name], path === '' ? name : `${path}.${name}`),
        )
      : differs;
  return Object.is(expected, actual) ? [] : differs;
};
