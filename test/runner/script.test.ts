import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { runnerCommand } from '../../src/runner/command.ts';
import { RUNNER_SCRIPT, STDERR_LIMIT, STDOUT_LIMIT } from '../../src/runner/script.ts';
import { decode, orderOf, runIn, SHELLS } from './shells.ts';

describe.each(SHELLS)('under %s', (shell) => {
  test('status, stdout and stderr of each ask come back as they were', async () => {
    const hostile = '-x $(id) `id` "q" \'s\' \\ \n|~ NC1|n0nce|e|0|.|complete,0~ é\u202e';
    const { results, decoder } = decode(
      (
        await runIn(
          shell,
          orderOf([
            ['echo', 'a b'],
            ['sh', '-c', 'echo out; echo err >&2; exit 3'],
            ['printf', '%s', hostile],
            ['printf', '\\0\\377\\n'],
            ['true'],
          ]),
        )
      ).log,
    );
    expect(results).toMatchObject([
      { id: 'ask/0', exitCode: 0, stdout: 'a b\n', stderr: '', cut: [] },
      { exitCode: 3, stdout: 'out\n', stderr: 'err\n' },
      { exitCode: 0, stdout: hostile },
      { exitCode: 0, stdout: '\0\ufffd\n' },
      { exitCode: 0, stdout: '', stderr: '' },
    ]);
    expect(decoder.end()).toEqual({ reason: 'complete', records: 5 });
    expect(decoder.strayText()).toBe('');
  });

  test('a tool that is not there, or may not be run', async () => {
    const { results } = decode((await runIn(shell, orderOf([['no-such-tool'], ['/etc/passwd']]))).log);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([127, 126]);
  });

  test('long output is cut, says so, and does not end the tool', async () => {
    const both =
      'i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890; echo 01234567890123456789 >&2; i=$((i+1)); done; exit 5';
    const { results } = decode((await runIn(shell, orderOf([['sh', '-c', both]]))).log);
    expect(results[0]).toMatchObject({ exitCode: 5, cut: ['stdout', 'stderr'] });
    expect(results[0]?.stdout).toHaveLength(STDOUT_LIMIT);
    expect(results[0]?.stderr).toHaveLength(STDERR_LIMIT);
  });

  test('a tool that hangs is ended by its own limit; the others do not wait for it', async () => {
    const order = orderOf([
      ['sleep', '60'],
      ['echo', 'quick'],
    ]);
    const asks = order.asks.map((ask) => ({ ...ask, limitSeconds: 1 }));
    const { results, decoder } = decode((await runIn(shell, { ...order, asks })).log);
    expect([124, 137, 143]).toContain(results[0]?.exitCode);
    expect(results[1]).toMatchObject({ stdout: 'quick\n', exitCode: 0 });
    expect(decoder.end()?.reason).toBe('complete');
  });

  test('its own deadline ends it, keeps what is there, and says so', async () => {
    const ran = await runIn(
      shell,
      orderOf(
        [
          ['sleep', '60'],
          ['echo', 'quick'],
        ],
        { totalSeconds: 1 },
      ),
    );
    const { results, decoder } = decode(ran.log);
    expect(results).toMatchObject([{ id: 'ask/1', stdout: 'quick\n' }]);
    expect(decoder.end()).toEqual({ reason: 'deadline', records: 1 });
    expect(ran.exitCode).not.toBe(0);
  });

  test('SIGTERM half way: what is there is kept', async () => {
    const ran = await runIn(
      shell,
      orderOf([
        ['sleep', '60'],
        ['echo', 'quick'],
      ]),
      {
        onStart: (pid) => setTimeout(() => process.kill(pid, 'SIGTERM'), 700),
      },
    );
    expect(decode(ran.log).decoder.end()?.reason).toBe('deadline');
  });

  test('more asks than may run side by side', async () => {
    const argvs = Array.from({ length: 60 }, (_, index) => ['echo', String(index)]);
    const { results, decoder } = decode((await runIn(shell, orderOf(argvs, { parallel: 8 }))).log);
    expect(results.map(({ stdout }) => stdout.trim())).toEqual(argvs.map(([, text]) => text));
    expect(decoder.end()).toEqual({ reason: 'complete', records: 60 });
  });

  test('the proxy environment and the locale of the image play no part', async () => {
    const env = { http_proxy: 'http://p', HTTPS_PROXY: 'http://p', LC_ALL: 'de_DE.UTF-8' };
    const { results } = decode(
      (await runIn(shell, orderOf([['sh', '-c', 'echo "$http_proxy$HTTPS_PROXY$LC_ALL"']]), { env })).log,
    );
    expect(results[0]?.stdout).toBe('C\n');
  });

  test('nothing that it started is left running', async () => {
    const marker = `61.${process.pid}${SHELLS.indexOf(shell)}`;
    const order = orderOf([['sleep', marker]], { totalSeconds: 1 });
    await runIn(shell, { ...order, asks: order.asks.map((ask) => ({ ...ask, limitSeconds: 2 })) });
    const alive = () =>
      execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line === `sleep ${marker}`);
    // Outside of a container the tool's own limit ends it; inside, the exit of the first process does.
    for (let wait = 0; wait < 50 && alive().length > 0; wait += 1)
      await new Promise((done) => setTimeout(done, 100));
    expect(alive()).toEqual([]);
  });
});

test('an image without timeout: the runner still works, under its own deadline', async () => {
  const { results, decoder } = decode(
    (
      await runIn(
        'dash',
        orderOf(
          [
            ['echo', 'x'],
            ['sleep', '60'],
          ],
          { totalSeconds: 2 },
        ),
        { leaveOut: ['timeout'] },
      )
    ).log,
  );
  expect(results).toMatchObject([{ stdout: 'x\n' }]);
  expect(decoder.end()?.reason).toBe('deadline');
});

test('an image without base64 or sha256sum gives no record rather than a wrong one', async () => {
  for (const tool of ['base64', 'sha256sum']) {
    const { results, decoder } = decode(
      (await runIn('dash', orderOf([['echo', 'x']]), { leaveOut: [tool] })).log,
    );
    expect(results.filter(({ stdout }) => stdout !== '')).toEqual([]);
    expect(decoder.strayText()).toContain(tool);
  }
});

test('the script is constant: data stand only in arguments of their own', () => {
  const argv = runnerCommand(orderOf([['nc', '$(reboot)']]));
  expect(argv[2]).toBe(RUNNER_SCRIPT);
  expect(argv.slice(3)).toEqual(['netcheck', 'n0nce', '20', '24', 'ask/0', '10', '2', 'nc', '$(reboot)']);
  expect(RUNNER_SCRIPT.length).toBeLessThan(4_096);
});
