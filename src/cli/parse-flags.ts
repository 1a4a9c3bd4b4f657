/** argv → words and flags by name, through yargs. Knows the table of flags, not what they mean. */
import yargs from 'yargs';
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

const typeOf = (flag: Flag): 'string' | 'boolean' | 'count' => {
  switch (flag.takes) {
    case 'switch':
      return 'boolean';
    case 'count':
      return 'count';
    case 'value':
    case 'list':
    case 'optional-value':
      return 'string';
  }
};

const options = Object.fromEntries(FLAGS.map((flag) => [flag.name, { type: typeOf(flag) }]));

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
  const parsed: Readonly<Record<string, unknown>> = yargs([...inLongForm(argv)])
    .detectLocale(false)
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .options(options)
    .parseSync();
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
