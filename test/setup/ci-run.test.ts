import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** .ci/run in a folder of its own, where `npm` is this shell script. */
const ciRun = (npm: string): { readonly status: number | null; readonly stdout: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-ci-'));
  try {
    for (const path of ['.ci', '.cache', 'bin']) mkdirSync(join(folder, path));
    cpSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
    writeFileSync(join(folder, '.cache/test-counts'), '999 passed, 0 failed\n');
    writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\n${npm}\n`);
    chmodSync(join(folder, 'bin/npm'), 0o755);
    const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}` };
    const { status, stdout } = spawnSync('bash', [join(folder, '.ci/run')], {
      cwd: '/',
      encoding: 'utf8',
      env,
    });
    return { status, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

test('the last line is what npm test counted, and its exit status is passed on', () => {
  expect(ciRun('echo "npm $*"; echo "7 passed, 0 failed" >.cache/test-counts')).toEqual({
    status: 0,
    stdout: 'npm test\n7 passed, 0 failed\n',
  });
  expect(ciRun('echo "6 passed, 1 failed" >.cache/test-counts; exit 3')).toEqual({
    status: 3,
    stdout: '6 passed, 1 failed\n',
  });
});

test('when npm test ends without counts, that is a failure, and no older count is told', () => {
  expect(ciRun('exit 7')).toEqual({ status: 7, stdout: '0 passed, 1 failed\n' });
  expect(ciRun('exit 0')).toEqual({ status: 1, stdout: '0 passed, 1 failed\n' });
  expect(ciRun('kill -9 $$')).toEqual({ status: 137, stdout: '0 passed, 1 failed\n' });
});
