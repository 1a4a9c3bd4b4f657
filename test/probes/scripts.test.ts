/** The shell scripts of probes: constant, the same in every shell, and left alone by the kubelet. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pathMtu from '../../probes/path-mtu/probe.ts';
import { expand } from '../sandbox/node/expand.ts';
import { fixturesOf, probes } from './fixture.ts';

const SHELLS = [['dash'], ['bash'], ['busybox', 'sh']] as const;

const scripts = probes.flatMap(({ id, command }) => {
  const argvs = fixturesOf(id).map(([, { question }]) => command(question));
  const own = argvs.filter(([shell, option]) => shell === 'sh' && option === '-c');
  return own.length === 0 ? [] : [[id, own.map(([, , script = '']) => script)] as const];
});

test('there are scripts', () => {
  expect(scripts.length).toBeGreaterThan(0);
});

describe.each(scripts)('%s', (_id, [script = '', ...others]) => {
  test('does not depend on what is asked', () => {
    expect(new Set([script, ...others]).size).toBe(1);
  });

  test('is the same after the kubelet', () => {
    expect(expand(script, { NAME: 'expanded', host: 'expanded', out: 'expanded' })).toBe(script);
  });

  test.each(SHELLS)('is read by %s', (...shell) => {
    const [file, ...options] = shell;
    expect(execFileSync(file, [...options, '-n', '-c', script], { encoding: 'utf8' })).toBe('');
  });
});

/** iputils' words for an echo of `-s` bytes over a path where `$FITS` bytes fit; `$TELLS`: a router tells so, `$LOSES`: that try is lost. */
const PING = `#!/bin/sh
n=0; if [ -f "$STATE" ]; then read -r n <"$STATE"; fi; n=$((n + 1)); echo $n >"$STATE"
while [ $# -gt 1 ]; do if [ "$1" = -s ]; then size=$2; fi; shift; done
whole=$((size + 28))
echo "PING $1 ($1) $size($whole) bytes of data."
if [ $whole -le $FITS ] && [ $n -ne "$LOSES" ]; then
  printf '%s bytes from %s: icmp_seq=1 ttl=63 time=0.060 ms\\n\\n--- %s ping statistics ---\\n' $((size + 8)) "$1" "$1"
  echo '1 packets transmitted, 1 received, 0% packet loss, time 0ms'
  exit 0
fi
if [ $whole -gt $FITS ] && [ "$TELLS" = yes ]; then echo "From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = $FITS)"; fi
printf '\\n--- %s ping statistics ---\\n' "$1"
if [ "$TELLS" = yes ]; then echo '1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms'
else echo '4 packets transmitted, 0 received, 100% packet loss, time 950ms'; fi
exit 1
`;
const IP = `#!/bin/sh
case "$*" in
*route*) printf '%s dev eth0 src 10.0.0.2 uid 0 \\\\    cache \\n' 10.0.0.7 ;;
*) echo "2: eth0: <BROADCAST,UP> mtu $LINK qdisc noqueue state UP mode DEFAULT" ;;
esac
`;

describe.each([['dash'], ['bash']])('path-mtu in %s, with tools that are told what to say', (shell) => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netcheck-path-mtu-'));
    for (const [name, text] of [
      ['ping', PING],
      ['ip', IP],
    ] as const) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (link: number, fits: number, tells: boolean, loses = 0) => {
    const state = join(folder, 'state');
    rmSync(state, { force: true });
    const question = { host: '10.0.0.7' };
    const [, ...rest] = pathMtu.command(question);
    const ran = spawnSync(shell, rest, {
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env.PATH ?? ''}`,
        LINK: String(link),
        FITS: String(fits),
        TELLS: tells ? 'yes' : 'no',
        LOSES: String(loses),
        STATE: state,
      },
    });
    const outcome = pathMtu.parse(
      { exitCode: ran.status ?? 137, stdout: ran.stdout, stderr: ran.stderr, cut: [] },
      question,
    );
    return { outcome, pings: Number(readFileSync(state, 'utf8')) };
  };

  test('a healthy path takes two pings', () => {
    for (const link of [1280, 1450, 1500, 8951, 9001])
      expect(run(link, 65_535, true)).toEqual({
        outcome: { kind: 'measured', mtu: link, linkMtu: link },
        pings: 2,
      });
  });

  test('what is told is believed, once it was tried', () => {
    for (const [link, fits] of [
      [1500, 1400],
      [1500, 600],
      [9001, 1500],
      [9001, 8951],
    ] as const)
      expect(run(link, fits, true)).toEqual({
        outcome: {
          kind: 'measured',
          mtu: fits,
          linkMtu: link,
          told: fits,
          toldBy: '10.0.0.1',
          tooBig: link,
        },
        pings: 3,
      });
  });

  test('where nobody tells, what is true lies between what came back and what did not', () => {
    for (const [link, fits, within] of [
      [1500, 1499, 7],
      [1500, 1450, 7],
      [1500, 1400, 7],
      [1500, 1281, 7],
      [1500, 1280, 7],
      [1500, 1279, 40],
      [1500, 600, 40],
      [1500, 100, 40],
      [9001, 1500, 500],
      [9001, 8951, 500],
      [9001, 1400, 15],
    ] as const) {
      const { outcome, pings } = run(link, fits, false);
      if (outcome.kind !== 'measured') throw new Error(`${link} ${fits}: ${outcome.kind}`);
      expect(outcome.linkMtu).toBe(link);
      expect(outcome.mtu).toBeLessThanOrEqual(fits);
      expect(outcome.tooBig).toBeGreaterThan(fits);
      expect(Number(outcome.tooBig) - outcome.mtu).toBeLessThanOrEqual(within);
      // At a second each, but for those that come back.
      expect(pings).toBeLessThanOrEqual(10);
    }
  });

  test('a ping that is lost by chance makes no path narrow', () => {
    expect(run(1500, 1500, false, 2).outcome).toEqual({ kind: 'measured', mtu: 1500, linkMtu: 1500 });
    expect(run(1500, 1500, false, 1)).toEqual({ outcome: { kind: 'no-reply' }, pings: 1 });
  });
});
