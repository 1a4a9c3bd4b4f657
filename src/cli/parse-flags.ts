/**
 * argv → words and flags by name, through yargs' parser. Knows the table of flags, not what they mean. yargs itself would bring
 * commands, help and locales on top, which are the flag table's here, and 20 ms for every start.
 */
import { Parser } from 'yargs/helpers';
import { FLAGS, type Flag, spell } from './flags.ts';
import { inLongForm } from './spelling.ts';
import { usageError } from './usage-error.ts';

export interface ParsedFlags {
  /** What is no flag, in order. */
  readonly words: readonly string[];
  /** Names of the flags that were given. */
  readonly given: readonly string[];
  readonly value: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly on: (name: string) => boolean | undefined;
  readonly count: (name: string) => number;
}

const namesOf = (...takes: readonly Flag['takes'][]): string[] =>
  FLAGS.filter((flag) => takes.includes(flag.takes)).map(({ name }) => name);

const OPTIONS = {
  boolean: namesOf('switch'),
  count: namesOf('count'),
  string: namesOf('value', 'list', 'optional-value'),
  configuration: {
    'boolean-negation': false,
    'camel-case-expansion': false,
    'dot-notation': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
  },
};

const texts = (raw: unknown): readonly string[] =>
  (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]).map(String);

const checkValue = (flag: Flag, value: string): void => {
  const what = flag.value ?? 'value';
  if (value === '') throw usageError('value-missing', `${spell(flag)} needs a value: --${flag.name} ${what}`);
  if (value.startsWith('-'))
    throw usageError('bad-value', `${spell(flag)}: a ${what} does not begin with a dash`);
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    const sameButCase = flag.choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    throw usageError('bad-value', `${spell(flag)}: "${value}" is not one of: ${flag.choices.join(', ')}`, {
      ...(sameButCase === undefined ? {} : { reason: `did you mean ${sameButCase}?` }),
    });
  }
};

/** Throws a UserError (exit status 2) for what cannot be read. */
export const parseFlags = (argv: readonly string[]): ParsedFlags => {
  const parsed: Readonly<Record<string, unknown>> = Parser([...inLongForm(argv)], OPTIONS);
  for (const flag of FLAGS) {
    if (flag.takes === 'switch' || flag.takes === 'count') continue;
    const values = texts(parsed[flag.name]);
    for (const value of values) checkValue(flag, value);
    if (values.length > 1 && flag.takes !== 'list')
      throw usageError('flag-repeated', `${spell(flag)} is given ${values.length} times`, {
        reason: `${flag.secret === true ? '' : `${values.join(', ')}: `}only one of them can be meant`,
      });
  }
  const count = (name: string): number => Number(parsed[name] ?? 0);
  const on = (name: string): boolean | undefined => {
    const last = texts(parsed[name]).at(-1);
    return last === undefined ? undefined : last === 'true';
  };
  return {
    words: texts(parsed._),
    given: FLAGS.filter((flag) =>
      flag.takes === 'count' ? count(flag.name) > 0 : parsed[flag.name] !== undefined,
    ).map((flag) => flag.name),
    value: (name) => texts(parsed[name])[0],
    list: (name) => texts(parsed[name]),
    on,
    count,
  };
};
