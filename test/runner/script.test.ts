/** What a run brings back, under each shell. */
import { describe, expect, test } from '@jest/globals';
import { runnerArguments, runnerCommand } from '../../src/runner/command.ts';
import { SCRIPT } from '../../src/runner/script.sh.ts';
import { STDERR_LIMIT, STDOUT_LIMIT } from '../../src/runner/wire.ts';
import { expand } from '../sandbox/node/expand.ts';
import { decode, orderOf, runIn, SHELLS } from './shells.ts';

const TIMEOUT = 90_000;

describe.each(SHELLS)('under %s', (shell) => {
  const run = async (
    argvs: readonly (readonly string[])[],
    more: Parameters<typeof orderOf>[1] = {},
    options: Parameters<typeof runIn>[2] = {},
  ) => {
    const ran = await runIn(shell, orderOf(argvs, more), options);
    return { ...ran, ...decode(ran.log) };
  };

  test(
    'status, stdout and stderr of each ask come back as they were',
    async () => {
      const { results, decoder, exitCode } = await run([
        ['echo', 'a  b'],
        ['sh', '-c', 'echo out; echo err >&2; exit 3'],
        ['sh', '-c', 'echo only err >&2'],
        ['true'],
        ['printf', 'no newline'],
        ['printf', '\\000\\377\\n\\000'],
        ['printf', 'é\\r\\n~ %s\\n', 'NC1|n0nce||4 0 9||1~'],
      ]);
      expect(results).toMatchObject([
        { id: 'ask/0', exitCode: 0, stdout: 'a  b\n', stderr: '', cut: [] },
        { id: 'ask/1', exitCode: 3, stdout: 'out\n', stderr: 'err\n', cut: [] },
        { id: 'ask/2', exitCode: 0, stdout: '', stderr: 'only err\n', cut: [] },
        { id: 'ask/3', exitCode: 0, stdout: '', stderr: '', cut: [] },
        { id: 'ask/4', stdout: 'no newline' },
        { id: 'ask/5', stdout: '\0\ufffd\n\0' },
        { id: 'ask/6', stdout: 'é\r\n~ NC1|n0nce||4 0 9||1~\n' },
      ]);
      for (const { startedMs, durationMs } of results) {
        expect(startedMs).toBeGreaterThanOrEqual(0);
        expect(durationMs).toBeGreaterThanOrEqual(0);
      }
      expect(decoder.begun()).toBe(true);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 7 });
      expect(decoder.lacking()).toEqual([]);
      expect(decoder.strayText()).toBe('');
      expect(exitCode).toBe(0);
    },
    TIMEOUT,
  );

  test(
    'arguments arrive byte for byte, whatever the kubelet and the shell could make of them',
    async () => {
      const words = [
        '',
        ' ',
        '*',
        '-n',
        '--',
        'a\nb\n',
        '"\'`id`\\',
        '$(id)',
        '$(NAME)',
        '$$(NAME)',
        '$$',
        '$',
        '$\u007bHOME}',
        '$é',
        '; exit 9 #',
        '%s',
        'é\u202e',
      ];
      const { results } = await run([
        ['printf', '<%s>', ...words],
        ['echo', 'last'],
      ]);
      expect(results[0]?.stdout).toBe(words.map((word) => `<${word}>`).join(''));
      expect(results[1]?.stdout).toBe('last\n');
    },
    TIMEOUT,
  );

  test(
    'a tool that is not there, may not be run, or has the name of a function or builtin of the script',
    async () => {
      const { results } = await run([
        ['no-such-tool'],
        ['/etc/passwd'],
        ['finish', '0'],
        ['exit', '3'],
        ['line', 'x'],
      ]);
      expect(results.map(({ exitCode }) => exitCode)).toEqual([127, 126, 127, 127, 127]);
    },
    TIMEOUT,
  );

  test(
    'long output is cut, says so, and does not end the tool',
    async () => {
      const { results, decoder } = await run([
        ['sh', '-c', 'yes 0123456 | head -c 300000; yes abcdefg | head -c 200000 >&2; exit 5'],
        ['sh', '-c', `head -c ${STDOUT_LIMIT} /dev/zero; head -c ${STDERR_LIMIT} /dev/zero >&2`],
        ['sh', '-c', `head -c ${STDOUT_LIMIT + 1} /dev/zero; head -c ${STDERR_LIMIT + 1} /dev/zero >&2`],
      ]);
      expect(results).toEqual([
        expect.objectContaining({
          exitCode: 5,
          stdout: '0123456\n'.repeat(STDOUT_LIMIT / 8),
          stderr: 'abcdefg\n'.repeat(STDERR_LIMIT / 8),
          cut: ['stdout', 'stderr'],
        }),
        expect.objectContaining({
          stdout: '\0'.repeat(STDOUT_LIMIT),
          stderr: '\0'.repeat(STDERR_LIMIT),
          cut: [],
        }),
        expect.objectContaining({
          stdout: '\0'.repeat(STDOUT_LIMIT),
          stderr: '\0'.repeat(STDERR_LIMIT),
          cut: ['stdout', 'stderr'],
        }),
      ]);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 3 });
    },
    TIMEOUT,
  );

  test(
    'more asks than may run side by side',
    async () => {
      const argvs = Array.from({ length: 60 }, (_, index) => [
        'sh',
        '-c',
        `seq ${index} 900; echo ${index} >&2`,
      ]);
      const { results, decoder, log } = await run(argvs, { parallel: 8 });
      expect(results.map(({ stderr }) => stderr)).toEqual(argvs.map((_, index) => `${index}\n`));
      for (const [index, { stdout }] of results.entries())
        expect(stdout.trim().split('\n')).toEqual(
          Array.from({ length: 901 - index }, (_, n) => String(index + n)),
        );
      expect(decoder.end()).toEqual({ reason: 'complete', records: 60 });
      expect(Math.max(...log.split('\n').map(({ length }) => length))).toBeLessThan(2_100);
    },
    TIMEOUT,
  );

  test(
    'proxies, locale, standard input and descriptors of the container play no part',
    async () => {
      const env = {
        http_proxy: 'http://p',
        HTTPS_PROXY: 'http://p',
        ALL_PROXY: 'http://p',
        no_proxy: 'x',
        LC_ALL: 'de_DE.UTF-8',
        LANG: 'de_DE.UTF-8',
        LOCALDOMAIN: 'x',
        HOME: '/root',
      };
      const { results } = await run(
        [
          ['sh', '-c', 'echo "$http_proxy$HTTPS_PROXY$ALL_PROXY$no_proxy$LANG$LOCALDOMAIN,$LC_ALL,$HOME"'],
          ['cat'],
          ['sh', '-c', 'for n in 3 4 5 6 7 8 9; do if [ -e /proc/self/fd/$n ]; then echo $n; fi; done'],
        ],
        {},
        { env },
      );
      expect(results.map(({ stdout, exitCode }) => [stdout, exitCode])).toEqual([
        [',C,/nonexistent\n', 0],
        ['', 0],
        ['', 0],
      ]);
    },
    TIMEOUT,
  );

  test(
    'an id of any printable characters',
    async () => {
      const id = '-n/$(NAME)*?"\'[fd00::1]:443/{}%s';
      const order = orderOf([['true']]);
      const asks = order.asks.map((ask) => ({ ...ask, id }));
      expect(decode((await runIn(shell, { ...order, asks })).log).results).toMatchObject([
        { id, exitCode: 0 },
      ]);
    },
    TIMEOUT,
  );

  test(
    'no ask at all',
    async () => {
      const { decoder, exitCode } = await run([]);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 0 });
      expect(exitCode).toBe(0);
    },
    TIMEOUT,
  );
});

describe('an image that lacks', () => {
  const without = async (tool: string, more: Parameters<typeof orderOf>[1] = {}) => {
    const argvs = [['echo', 'x'], ['no-such-tool'], ['finish', '0']];
    const ran = await runIn('dash', orderOf(argvs, more), { leaveOut: [tool] });
    return { ...ran, ...decode(ran.log) };
  };

  test.each(['timeout', 'sleep'])(
    '%s: the asks are made, and the begin says what is missing',
    async (tool) => {
      const { results, decoder } = await without(tool);
      expect(results.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual([
        [0, 'x\n'],
        [127, ''],
        [127, ''],
      ]);
      expect(decoder.lacking()).toEqual([tool]);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 3 });
    },
  );

  test('od: no record rather than a wrong one, and the reason in words', async () => {
    const { results, decoder, exitCode } = await without('od');
    expect(results).toEqual([]);
    expect(decoder.begun()).toBe(false);
    expect(decoder.end()).toBeUndefined();
    expect(decoder.strayText()).toContain('no od that works');
    expect(exitCode).toBe(69);
  });

  test.each(['base64', 'head', 'tr', 'cat', 'sha256sum', 'printf', 'echo', 'kill'])(
    '%s: no matter',
    async (tool) => {
      const { decoder, results } = await without(tool);
      expect(results).toHaveLength(3);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 3 });
    },
  );
});

test(
  'a pod that may start no more processes: it ends, and counts nothing that did not arrive',
  async () => {
    const user = process.getuid?.() === 0 ? ['setpriv', '--reuid', '64990', '--clear-groups'] : [];
    for (const processes of [4, 8, 16]) {
      const wrapper = [...user, 'prlimit', `--nproc=${processes}`];
      const argvs = Array.from({ length: 8 }, (_, n) => ['echo', String(n)]);
      const { results, decoder } = decode((await runIn('dash', orderOf(argvs), { wrapper })).log);
      for (const { id, stdout } of results) expect(id).toBe(`ask/${stdout.trim()}`);
      expect([undefined, results.length]).toContain(decoder.end()?.records);
    }
  },
  TIMEOUT,
);

describe('the command', () => {
  test('data stand only in arguments of their own, doubled where the kubelet would read them', () => {
    const order = orderOf([['curl', 'http://x/$(NAME)']]);
    expect(runnerArguments(order, 'own-container').slice(0, 4)).toEqual(['sh', '-c', SCRIPT, 'netcheck']);
    expect(runnerArguments(order, 'own-container').slice(-4)).toEqual([
      '30',
      '2',
      'curl',
      'http://x/$(NAME)',
    ]);
    expect(runnerCommand(order).at(-1)).toBe('http://x/$$(NAME)');
  });

  test('the script is the same after the kubelet has expanded it', () => {
    const variables = Object.fromEntries([...SCRIPT.matchAll(/\w+/g)].map(([name]) => [name, 'expanded']));
    expect(expand(SCRIPT, variables)).toBe(SCRIPT);
    expect(SCRIPT.length).toBeLessThan(4_096);
    expect(SCRIPT).not.toContain('#\n');
  });

  const order = orderOf([['true']]);
  const [ask] = order.asks;
  if (ask === undefined) throw new Error('no ask');
  test.each([
    ['nonce', { ...order, nonce: 'a|b' }],
    ['totalSeconds', { ...order, totalSeconds: 0 }],
    ['totalSeconds', { ...order, totalSeconds: 1.5 }],
    ['parallel', { ...order, parallel: 0 }],
    ['ids are unique', { ...order, asks: [ask, ask] }],
    ['not an id', { ...order, asks: [{ ...ask, id: 'a|b' }] }],
    ['not an id', { ...order, asks: [{ ...ask, id: 'a\\b' }] }],
    ['not an id', { ...order, asks: [{ ...ask, id: '' }] }],
    ['limitSeconds', { ...order, asks: [{ ...ask, limitSeconds: 0 }] }],
    ['the tool', { ...order, asks: [{ ...ask, argv: [] }] }],
    ['the tool', { ...order, asks: [{ ...ask, argv: ['--version'] }] }],
    ['NUL', { ...order, asks: [{ ...ask, argv: ['echo', 'a\0b'] }] }],
  ])('an order that cannot be carried is refused: %s', (what, wrong) => {
    expect(() => runnerCommand(wrong)).toThrow(what);
  });
});
