/** argv → Command. Pure: no process, no printing, no exit; what cannot be read becomes a UserError with exit status 2. */
import { readCheck } from './check-args.ts';
import type { Command, OutputOptions } from './command.ts';
import { type CommandName, flagNamed, spell } from './flags.ts';
import { type ParsedFlags, parseFlags } from './parse-flags.ts';
import { type ReportFile, readReportFiles } from './report-file.ts';
import { kindOf } from './target-ref.ts';
import { closest, HELP, usageError } from './usage-error.ts';

const SUBCOMMANDS = ['judge', 'explain', 'codes', 'help', 'version'] as const;

const checkFlagsOf = (command: CommandName, flags: ParsedFlags): void => {
  for (const name of flags.given) {
    const flag = flagNamed(name);
    if (flag !== undefined && !flag.of.includes(command))
      throw usageError('flag-without-use', `${spell(flag)} has no use with "kubectl netcheck ${command}"`);
  }
};

const outputOf = (flags: ParsedFlags): OutputOptions => {
  // The parser has held each of these against the flag's choices.
  const format = flags.value('output');
  const color = flags.value('color');
  const failOn = flags.value('fail-on');
  return {
    format: format === 'json' || format === 'yaml' ? format : 'text',
    color: color === 'always' || color === 'never' ? color : 'auto',
    failOn: failOn === 'warning' || failOn === 'never' ? failOn : 'error',
    verbosity: flags.count('verbose'),
  };
};

const reportsOf = (flags: ParsedFlags): { readonly reports?: readonly ReportFile[] } => {
  const reports = readReportFiles(flags.list('report'), flags.value('save'));
  return reports.length === 0 ? {} : { reports };
};

const checkReportIsMade = (flags: ParsedFlags): void => {
  if (flags.list('report').length > 0 && (flags.value('dry-run') ?? 'none') !== 'none')
    throw usageError('flags-conflict', '--report and --dry-run exclude each other', {
      reason: 'a dry run measures nothing, so there is nothing to report; -o json shows its plan',
    });
};

const onlyWord = (command: string, what: string, words: readonly string[], example: string): string => {
  const [word] = words;
  if (word === undefined || words.length > 1)
    throw usageError(
      word === undefined ? 'argument-missing' : 'too-many-arguments',
      word === undefined
        ? `${command}: ${what} is missing`
        : `${command} takes one ${what}: got ${words.join(' ')}`,
      { next: [`kubectl netcheck ${command} ${example}`] },
    );
  return word;
};

const readExplain = (words: readonly string[], output: OutputOptions): Command => {
  const typed = onlyWord('explain', 'finding code', words, 'NC3101');
  const isCode = /^nc\d{4}$/i.test(typed);
  if (!isCode && !/^[a-z]+(-[a-z]+)+$/.test(typed))
    throw usageError('bad-code', `"${typed}" is no finding code`, {
      reason: 'a code is NC and four digits, such as NC3101; its name will do too',
      next: ['kubectl netcheck codes'],
    });
  return { kind: 'explain', code: isCode ? typed.toUpperCase() : typed, output };
};

const noWords = (command: string, words: readonly string[]): void => {
  if (words.length > 0)
    throw usageError('too-many-arguments', `${command} takes no argument: got ${words.join(' ')}`, {
      next: [`kubectl netcheck ${command}`],
    });
};

/** `explan NC3101`: two words that are no TYPE NAME, and the first is nearly a command. One word is a pod's name, however near. */
const checkNoCommandIsMeant = ([first = '', second]: readonly string[]): void => {
  if (second === undefined || kindOf(first) !== undefined) return;
  const meant = closest(first.toLowerCase(), SUBCOMMANDS);
  if (meant === undefined) return;
  const example = meant === 'judge' ? 'case.json' : 'NC3101';
  const argument = /^[\w./:-]+$/.test(second) ? second : example;
  const takesOne = meant === 'judge' || meant === 'explain';
  throw usageError('unknown-command', `"${first}" is no command, and one pod is checked at a time`, {
    reason: `did you mean ${meant}?`,
    next: [`kubectl netcheck ${takesOne ? `${meant} ${argument}` : meant}`, HELP],
  });
};

/** Throws a UserError (exit status 2). */
export const parseArgs = (argv: readonly string[]): Command => {
  const flags = parseFlags(argv);
  if (flags.on('help') === true) return { kind: 'help' };
  if (flags.on('version') === true) return { kind: 'version' };
  const [first, ...rest] = flags.words;
  if (first === undefined)
    throw usageError('argument-missing', 'which pod?', {
      reason: 'give a pod, or TYPE/NAME of what owns one: deploy, sts, ds, rs, job, cronjob, svc',
      next: ['kubectl netcheck POD', 'kubectl get pods', HELP],
    });
  const subcommand = SUBCOMMANDS.find((name) => name === first);
  const output = outputOf(flags);
  switch (subcommand) {
    case undefined:
      checkNoCommandIsMeant(flags.words);
      checkFlagsOf('check', flags);
      checkReportIsMade(flags);
      return { ...readCheck(flags, output), ...reportsOf(flags) };
    case 'judge':
      checkFlagsOf('judge', flags);
      return {
        kind: 'judge',
        file: onlyWord('judge', 'case file', rest, 'case.json'),
        output,
        ...reportsOf(flags),
      };
    case 'explain':
      checkFlagsOf('explain', flags);
      return readExplain(rest, output);
    case 'codes':
      checkFlagsOf('codes', flags);
      noWords('codes', rest);
      return { kind: 'codes', output };
    case 'help':
      return { kind: 'help' };
    case 'version':
      return { kind: 'version' };
  }
};
