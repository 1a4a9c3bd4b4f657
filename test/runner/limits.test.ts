/** Whatever hangs: it ends, what was there is kept, and nothing is left running. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decode, fileOf, leftovers, orderOf, runIn, SHELLS, type Shell } from './shells.ts';

const TIMEOUT = 90_000;
/** A number of seconds that no other process sleeps for. */
const markerOf = (shell: Shell, test: number): string =>
  `${6_000 + SHELLS.indexOf(shell) * 10 + test}.${process.pid}`;
const user = process.getuid?.() === 0 ? [] : ['-Ur'];
const UNSHARE = fileOf('unshare');
const NAMESPACE = [UNSHARE, ...user, '--pid', '--fork', '--kill-child', '--mount-proc'];

describe.each(SHELLS)('under %s', (shell) => {
  test.concurrent(
    'a tool that hangs is ended by its own limit, keeps what it said, and the others do not wait for it',
    async () => {
      const marker = markerOf(shell, 0);
      const argvs = [
        ['sh', '-c', `echo begun; echo so far >&2; exec sleep ${marker}`],
        ['echo', 'quick'],
        ['sh', '-c', `trap '' TERM; echo deaf; while :; do sleep 0.1; done # ${marker}`],
      ];
      const { results, decoder } = decode((await runIn(shell, orderOf(argvs, { limitSeconds: 1 }))).log);
      expect(results).toMatchObject([
        { exitCode: 124, stdout: 'begun\n', stderr: 'so far\n' },
        { exitCode: 0, stdout: 'quick\n' },
        { exitCode: 137, stdout: 'deaf\n', stderr: '' },
      ]);
      expect(decoder.end()).toEqual({ reason: 'complete', records: 3 });
      expect(await leftovers(marker)).toEqual([]);
    },
    TIMEOUT,
  );

  test.concurrent.each([
    ['in a process group of its own', 1, { detached: true }],
    ['in the group of its caller', 2, { detached: false }],
    ['as the first process of a PID namespace', 3, { wrapper: NAMESPACE }],
  ])(
    'its deadline ends it, keeps what is there, and says so: %s',
    async (_, test, options) => {
      const marker = markerOf(shell, test);
      const argvs = [
        ['sleep', marker],
        ['echo', 'quick'],
        ['sh', '-c', `trap '' TERM; while :; do sleep ${marker}; done`],
      ];
      const { log, exitCode } = await runIn(shell, orderOf(argvs, { totalSeconds: 3 }), options);
      const { results, decoder } = decode(log);
      expect(results).toMatchObject([{ id: 'ask/1', stdout: 'quick\n' }]);
      expect(decoder.end()).toEqual({ reason: 'deadline', records: 1 });
      expect(log.trimEnd().split('\n').at(-1)).toMatch(/^NC1\|n0nce\|\|4 1 0\|/);
      expect(decoder.strayText()).toBe('');
      expect(exitCode).toBe(124);
      expect(await leftovers(marker)).toEqual([]);
    },
    TIMEOUT,
  );

  test.concurrent.each([
    ['SIGTERM', 4],
    ['SIGINT', 6],
    ['SIGHUP', 7],
  ] as const)(
    '%s half way: what is there is kept, and it says so',
    async (signal, test) => {
      const marker = markerOf(shell, test);
      const argvs = [
        ['sleep', marker],
        ['echo', 'quick'],
      ];
      let sent = false;
      const { log, exitCode } = await runIn(shell, orderOf(argvs), {
        onLog: (text, pid) => {
          if (sent || decode(text).results.length === 0) return;
          sent = true;
          process.kill(pid, signal);
        },
      });
      const { results, decoder } = decode(log);
      expect(results).toMatchObject([{ id: 'ask/1', stdout: 'quick\n' }]);
      expect(decoder.end()).toEqual({ reason: 'stopped', records: 1 });
      expect(decoder.strayText()).toBe('');
      expect(exitCode).toBe(143);
      expect(await leftovers(marker)).toEqual([]);
    },
    TIMEOUT,
  );

  test.concurrent(
    'processes that it did not start are left alone',
    async () => {
      const marker = markerOf(shell, 5);
      const innocent = spawn('sleep', [marker], { stdio: 'ignore' });
      await runIn(shell, orderOf([['sleep', '77']], { totalSeconds: 1 }), { detached: false });
      expect(innocent.exitCode).toBeNull();
      expect(innocent.signalCode).toBeNull();
      innocent.kill();
    },
    TIMEOUT,
  );

  test.concurrent(
    'after a run to the end its watchdog is gone too',
    async () => {
      const total = 40_000 + SHELLS.indexOf(shell) + (process.pid % 1_000) * 10;
      await runIn(shell, orderOf([['true']], { totalSeconds: total }));
      expect(await leftovers(`sleep ${total}`)).toEqual([]);
    },
    TIMEOUT,
  );

  test.concurrent(
    'the last line stands in the termination message as well, and no file is made where there is none',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'netcheck-termination-'));
      // A /dev of its own, with no right to make device nodes needed.
      const mount = `touch "$0/null" "$0/message"; mount --bind /dev/null "$0/null"; mount -t tmpfs none /dev; touch /dev/null /dev/termination-log; mount --bind "$0/null" /dev/null; mount --bind "$0/message" /dev/termination-log; exec "$@"`;
      const wrapper = [UNSHARE, ...user, '--mount', '/bin/sh', '-c', mount, folder];
      const { log } = await runIn(shell, orderOf([['echo', 'x']]), { wrapper });
      const message = readFileSync(join(folder, 'message'), 'utf8');
      expect(message).toMatch(/^netcheck: complete NC1\|/);
      expect(message.length).toBeLessThan(200);
      expect(decode(message).decoder.end()).toEqual({ reason: 'complete', records: 1 });
      expect(log).toContain(message.slice('netcheck: complete '.length).trim());
      rmSync(folder, { recursive: true });
      const before = existsSync('/dev/termination-log');
      await runIn(shell, orderOf([['true']]));
      expect(existsSync('/dev/termination-log')).toBe(before);
    },
    TIMEOUT,
  );
});

test.concurrent(
  'an image without timeout: its own deadline still ends it',
  async () => {
    const argvs = [
      ['echo', 'x'],
      ['sleep', '6009.5'],
    ];
    const { log } = await runIn('dash', orderOf(argvs, { totalSeconds: 3 }), { leaveOut: ['timeout'] });
    const { results, decoder } = decode(log);
    expect(results).toMatchObject([{ stdout: 'x\n' }]);
    expect(decoder.end()).toEqual({ reason: 'deadline', records: 1 });
    expect(await leftovers('sleep 6009.5')).toEqual([]);
  },
  TIMEOUT,
);
