/** The script that asks each tool for its release, in every shell that an image may have. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import toolVersions from '../../probes/tool-versions/probe.ts';
import { fileOf } from '../runner/shells.ts';

const [, ...args] = toolVersions.command({});
/** BusyBox's shell finds its own applets first: only of curl and dig, which it does not have, can it be asked here. */
const SHELLS = ['dash', 'bash', 'bash --posix', 'busybox sh'] as const;

describe.each(SHELLS)('under %s', (shell) => {
  let path = '';
  beforeAll(() => {
    path = mkdtempSync(join(tmpdir(), 'netcheck-tool-versions-'));
  });
  afterAll(() => rmSync(path, { recursive: true, force: true }));

  const [name = '', ...options] = shell.split(' ');
  /** What is read where curl and dig do this. */
  const read = (curl: string, dig?: string) => {
    for (const [tool, script] of [['curl', curl] as const, ['dig', dig] as const]) {
      rmSync(join(path, tool), { force: true });
      if (script === undefined) continue;
      writeFileSync(join(path, tool), `#!/bin/sh\n${script}\n`);
      chmodSync(join(path, tool), 0o755);
    }
    // As the runner does: with no input. Of a socket, bash would think that it is a login.
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const env = { PATH: path, LC_ALL: 'C' };
    const ran = spawnSync(fileOf(name), [...options, ...args], { env, encoding: 'utf8', stdio: [...stdio] });
    const output = { exitCode: ran.status ?? 137, stdout: ran.stdout, stderr: ran.stderr, cut: [] };
    const outcome = toolVersions.parse(output, {});
    if (outcome.kind !== 'tool-versions') throw new Error(JSON.stringify(outcome));
    return outcome.tools.filter((tool) => ['curl', 'dig'].includes(tool.name));
  };

  test('a tool that is missing is not listed', () => {
    expect(read('echo "curl 8.17.0 ($*) libcurl/8.17.0 OpenSSL/3.5.4 zlib/1.3.1"')).toEqual([
      { name: 'curl', version: '8.17.0', flavour: 'OpenSSL' },
    ]);
    expect(read('exit 0', 'echo "DiG 9.20.17" >&2; exit 1')).toEqual([
      { name: 'curl' },
      { name: 'dig', version: '9.20.17', flavour: 'BIND' },
    ]);
  });

  test('the first line with a digit counts, of the first six', () => {
    expect(read('echo; echo warning; printf "more\\r\\n"; echo "release 7"; echo "release 8"')).toEqual([
      { name: 'curl', text: 'release 7' },
    ]);
    expect(read('for n in a b c d e f 1; do echo "line $n"; done')).toEqual([
      { name: 'curl', text: 'line f' },
    ]);
  });

  test('a tool that reads its input ends, and what it prints cannot pass for another', () => {
    expect(read('while read -r line; do :; done; echo "9 lives"')).toEqual([
      { name: 'curl', text: '9 lives' },
    ]);
    expect(read('echo "dig 0 DiG 1.2.3"; echo end')).toEqual([{ name: 'curl', text: 'dig 0 DiG 1.2.3' }]);
    expect(read("echo '$(exit 7) `exit 7` * %s \\\\n 1'")).toHaveLength(1);
  });
});
