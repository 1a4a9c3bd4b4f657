/**
 * Rewrites the spellings that kubectl's parser takes and yargs reads otherwise: `-nshop`, `-v=2`, `--dry-run` alone.
 * Names that no flag has are told here, by the word that was typed.
 */
import { FLAGS, type Flag, flagNamed, flagOfShort, spell } from './flags.ts';
import { closest, usageError } from './usage-error.ts';

const unknownFlag = (typed: string): Error => {
  const names = FLAGS.map((flag) => flag.name);
  const name = typed.startsWith('--') ? typed.slice(2) : undefined;
  const meant = name === undefined ? undefined : closest(name.toLowerCase(), names);
  const whole = typed.startsWith('--') ? undefined : flagNamed(typed.slice(1));
  const suggestion = meant ?? whole?.name;
  return usageError('unknown-flag', `unknown flag ${typed}`, {
    ...(suggestion === undefined ? {} : { reason: `did you mean --${suggestion}?` }),
  });
};

const withValue = (flag: Flag, value: string): readonly string[] => {
  switch (flag.takes) {
    case 'switch':
      if (value !== 'true' && value !== 'false')
        throw usageError('bad-value', `--${flag.name} is on or off: "${value}" is neither`, {
          reason: `write --${flag.name}, or --${flag.name}=false`,
        });
      return [`--${flag.name}=${value}`];
    case 'count': {
      if (!/^\d$/.test(value))
        throw usageError('bad-value', `${spell(flag)} counts: write -${flag.short ?? ''}, -vv or -v=2`);
      return Array.from({ length: Number(value) }, () => `--${flag.name}`);
    }
    case 'value':
    case 'list':
    case 'optional-value':
      return [`--${flag.name}=${value}`];
  }
};

/** Switches are spelled out, as yargs would take a pod that is named `true` for their value. */
const alone = (flag: Flag): string => {
  if (flag.takes === 'optional-value') return `--${flag.name}=${flag.alone ?? ''}`;
  return flag.takes === 'switch' ? `--${flag.name}=true` : `--${flag.name}`;
};

const takesNext = (flag: Flag): boolean => flag.takes === 'value' || flag.takes === 'list';

const long = (word: string): readonly string[] => {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const flag = flagNamed(name);
  if (flag === undefined) throw unknownFlag(`--${name}`);
  return equals === -1 ? [alone(flag)] : withValue(flag, word.slice(equals + 1));
};

const shorts = (word: string): readonly string[] => {
  // `-output=json`: a dash too few, and not -o with the value `utput=json`.
  const [name = ''] = word.slice(1).split('=');
  if (name.length > 1 && flagNamed(name) !== undefined) throw unknownFlag(`-${name}`);
  const out: string[] = [];
  let rest = word.slice(1);
  while (rest !== '') {
    const [letter = ''] = rest;
    const flag = flagOfShort(letter);
    if (flag === undefined) throw unknownFlag(out.length === 0 && !word.includes('=') ? word : `-${letter}`);
    rest = rest.slice(letter.length);
    if (rest.startsWith('=')) return [...out, ...withValue(flag, rest.slice(1))];
    if (takesNext(flag) && rest !== '') return [...out, ...withValue(flag, rest)];
    out.push(alone(flag));
  }
  return out;
};

/** argv in long form only. Everything after `--` is left as it is. Throws a UserError for a flag that does not exist. */
export const inLongForm = (argv: readonly string[]): readonly string[] => {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const rest = end === -1 ? [] : argv.slice(end);
  let waiting: Flag | undefined;
  const out = flags.flatMap((word) => {
    if (!word.startsWith('-') || word === '-') {
      waiting = undefined;
      return [word];
    }
    if (waiting !== undefined)
      throw usageError('value-missing', `${spell(waiting)} needs a value, and "${word}" begins with a dash`, {
        reason: `write --${waiting.name} ${waiting.value ?? 'VALUE'}`,
      });
    const written = word.startsWith('--') ? long(word) : shorts(word);
    const last = written.at(-1) ?? '';
    const flag = flagNamed(last.slice(2));
    waiting = flag !== undefined && takesNext(flag) ? flag : undefined;
    return written;
  });
  // Counts stand last, for the same reason.
  const isCount = (word: string): boolean => flagNamed(word.slice(2))?.takes === 'count';
  return [...out.filter((word) => !isCount(word)), ...out.filter(isCount), ...rest];
};
