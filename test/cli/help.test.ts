import { describe, expect, test } from '@jest/globals';
import { parseArgs } from '../../src/cli/args.ts';
import { FLAGS, type Flag } from '../../src/cli/flags.ts';
import { helpText } from '../../src/cli/help.ts';
import { quickAnswer } from '../../src/cli/quick.ts';
import { INTERNET_ADDRESSES, INTERNET_NAMES } from '../../src/plan/index.ts';
import { golden } from '../report/goldens.ts';
import { netcheck } from './in-process.ts';

const text = helpText();

/** A valid use of each flag, by its type. */
const SAMPLE_VALUES: Readonly<Record<string, string>> = {
  timeout: '10s',
  'request-timeout': '10s',
  internet: 'example.com',
  only: 'dns-lookup',
  skip: 'internet',
  'probe-timeout': '5s',
  keep: '10m',
  report: 'junit=report.xml',
};
const use = (flag: Flag): readonly string[] => {
  if (flag.takes === 'switch' || flag.takes === 'count') return [`--${flag.name}`];
  const value = flag.choices?.[0] ?? SAMPLE_VALUES[flag.name] ?? 'some-value';
  return [`--${flag.name}=${value}`];
};
const companion = (flag: Flag): readonly string[] =>
  flag.name === 'as-group' || flag.name === 'as-uid' ? ['--as', 'me'] : [];

describe('--help', () => {
  test('golden', () => {
    expect(text).toBe(golden(new URL('goldens/', import.meta.url), 'help.txt', text));
  });

  test('fits 80 columns', () => {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('tells of every flag of the parser, and of no other', () => {
    const told = Array.from(text.matchAll(/^ {2}(?:-(\w), | {4})--([a-z-]+)/gm), ([, short, name]) => ({
      name,
      short,
    }));
    expect(told).toEqual(FLAGS.map((flag) => ({ name: flag.name, short: flag.short })));
  });

  test.each(FLAGS.map((flag) => [flag.name, flag] as const))('the parser takes --%s', (_name, flag) => {
    expect(() => parseArgs(['web-0', ...use(flag), ...companion(flag)])).not.toThrow();
  });

  test('names all that is contacted on the internet by default', () => {
    for (const target of [...INTERNET_ADDRESSES.ipv4, ...INTERNET_ADDRESSES.ipv6, ...INTERNET_NAMES])
      expect(text).toContain(target);
  });

  test.each([
    [['--help']],
    [['-h']],
    [['help']],
    [['web-0', '--help']],
    [['web-0', '--no-such-flag', '-h']],
    [['judge', '--help']],
  ])('%j is answered without parsing', (argv) => {
    expect(quickAnswer(argv)).toBe('help');
  });

  test.each([[['web-0']], [['--', '--help']], [['web-0', '--version']], [[]]])('%j is not', (argv) => {
    expect(quickAnswer(argv)).toBeUndefined();
  });

  test('in company of other short flags too', async () => {
    expect(await netcheck(['web-0', '-vh'])).toMatchObject({ code: 0, stdout: text, stderr: '' });
  });

  test('version', async () => {
    const ran = await netcheck(['web-0', '--version']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^kubectl-netcheck \d+\.\d+\.\d+\n$/);
  });
});
