/** Arguments through stdin arrive as they were, under the shells that app images have. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runnerArguments } from '../../src/runner/command.ts';
import { throughStdin } from '../../src/runner/through-stdin.ts';
import { decode, fileOf, orderOf } from './shells.ts';

/** Prints each of its arguments, a NUL behind it. */
const SHOW = 'for word do printf "%s\\0" "$word"; done';

const SHELL_ARGV: Readonly<Record<string, readonly string[]>> = {
  dash: [fileOf('dash')],
  bash: [fileOf('bash')],
  busybox: [fileOf('busybox'), 'sh'],
};

const arrived = (shell: string, words: readonly string[]): readonly string[] => {
  const { command, stdin } = throughStdin(['sh', '-c', SHOW, 'show', ...words]);
  const [file = '', ...before] = SHELL_ARGV[shell] ?? [];
  const { stdout, stderr } = spawnSync(file, [...before, ...command.slice(1)], { input: stdin });
  expect(stderr.toString()).toBe('');
  return stdout.toString().split('\0').slice(0, -1);
};

describe.each(Object.keys(SHELL_ARGV))('under %s', (shell) => {
  test.each([
    [
      'what a shell would read',
      ['$(id)', '`id`', '$HOME', '"', "'", '; rm -rf /', '*', '~', '!!', '-n', '--'],
    ],
    ['line ends and dots', ['a\nb', '\n', '\n\n', '.', '..', 'a\n.\nb', '\r\n', '']],
    ['what printf would read', ['%s', '%b', '\\n', '\\c', '\\0101', '\\\\', '%']],
    ['other letters', ['é', '日本', '\u{1f600}', '\u202e', '\t', '\x1b[31m']],
    ['much', ['x'.repeat(20_000)]],
  ])('%s', (_name, words) => {
    expect(arrived(shell, words)).toEqual(words);
  });

  test('anything that holds no NUL', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(arrived(shell, words)).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });
});

test('the whole runner works so, and its request stays small', () => {
  const argv = runnerArguments(
    orderOf([
      ['echo', 'a  b'],
      ['sh', '-c', 'cat; echo $(echo $0) >&2'],
    ]),
    'beside-an-app',
  );
  const { command, stdin } = throughStdin(argv);
  expect(encodeURIComponent(command.join(' ')).length).toBeLessThan(1_000);
  const [file = '', ...args] = command;
  const { results, decoder } = decode(spawnSync(file, args, { input: stdin }).stdout.toString());
  expect(results).toMatchObject([
    { id: 'ask/0', exitCode: 0, stdout: 'a  b\n' },
    // No ask reads what is left of our stdin.
    { id: 'ask/1', exitCode: 0, stdout: '', stderr: 'sh\n' },
  ]);
  expect(decoder.end()).toEqual({ reason: 'complete', records: 2 });
});
