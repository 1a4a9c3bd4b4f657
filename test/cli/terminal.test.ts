import { describe, expect, test } from '@jest/globals';
import { takesUtf8, textOptions, wantsColor } from '../../src/cli/terminal.ts';

const TERMINAL = { isTerminal: true, columns: 120 };
const PIPE = { isTerminal: false, columns: undefined };

describe('colour', () => {
  test.each([
    ['auto', TERMINAL, {}, true],
    ['auto', PIPE, {}, false],
    ['auto', TERMINAL, { NO_COLOR: '1' }, false],
    ['auto', TERMINAL, { NO_COLOR: '' }, true],
    ['auto', TERMINAL, { TERM: 'dumb' }, false],
    ['always', PIPE, { NO_COLOR: '1' }, true],
    ['never', TERMINAL, {}, false],
  ] as const)('%s %j %j: %s', (mode, stream, env, wanted) => {
    expect(wantsColor(mode, stream, env)).toBe(wanted);
  });
});

describe('UTF-8', () => {
  test.each([
    [{ LANG: 'de_DE.UTF-8' }, 'linux', true],
    [{ LANG: 'C.utf8' }, 'linux', true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'linux', false],
    [{ LANG: 'C', LC_ALL: '', LC_CTYPE: 'en_US.UTF-8' }, 'linux', true],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', false],
    [{ WT_SESSION: 'x' }, 'win32', true],
  ])('%j on %s: %s', (env, platform, yes) => {
    expect(takesUtf8(env, platform)).toBe(yes);
  });
});

test('80 columns in a pipe', () => {
  expect(textOptions({ color: 'auto', verbosity: 0 }, PIPE, {}, 'linux').width).toBe(80);
  expect(textOptions({ color: 'auto', verbosity: 0 }, TERMINAL, {}, 'linux').width).toBe(120);
});
