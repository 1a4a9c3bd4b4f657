import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const SETUP = fileURLToPath(new URL('.', import.meta.url));

const LOCKED = {
  '': { name: 'repo' },
  'krew-manifest': {},
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a/node_modules/@b/c': { version: '2.0.0', integrity: 'sha512-c' },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
};
const { '': _root, 'node_modules/other-platform': _other, ...INSTALLED } = LOCKED;

interface Tree {
  readonly installed?: object | undefined;
  readonly runtime?: string | undefined;
  readonly withoutFolder?: string;
}

const write = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
};

/** Why the set-up would run `npm ci` in such a tree; an empty string when it would not. */
const reason = ({ installed, runtime, withoutFolder }: Tree): string => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-setup-'));
  try {
    cpSync(SETUP, join(folder, 'test/setup'), { recursive: true });
    write(join(folder, 'package.json'), { type: 'module' });
    write(join(folder, 'package-lock.json'), { packages: LOCKED });
    for (const path of Object.keys(INSTALLED)) mkdirSync(join(folder, path), { recursive: true });
    if (withoutFolder !== undefined) rmSync(join(folder, withoutFolder), { recursive: true });
    if (installed !== undefined)
      write(join(folder, 'node_modules/.package-lock.json'), { packages: installed });
    if (runtime !== undefined) {
      write(join(folder, 'node_modules/runtime/package.json'), { version: runtime });
      write(join(folder, 'node_modules/runtime/bin/node'), '');
      mkdirSync(join(folder, 'node_modules/.bin'));
      symlinkSync('../runtime/bin/node', join(folder, 'node_modules/.bin/node'));
    }
    const module = pathToFileURL(join(folder, 'test/setup/node-modules.js')).href;
    const script = `import(${JSON.stringify(module)}).then((it) => process.stdout.write(it.installReason() ?? ''))`;
    return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

test('nothing is installed again when what is there is what the lock says', () => {
  expect(reason({ installed: INSTALLED, runtime: '22.23.2' })).toBe('');
});

test('an install that is missing, or was cut short, is made again', () => {
  expect(reason({ installed: undefined, runtime: '22.23.2' })).toBe('none are installed');
});

test.each([
  [
    'another version',
    { ...INSTALLED, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } },
    'a is not the locked one',
  ],
  [
    'another content',
    { ...INSTALLED, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } },
    'a is not the locked one',
  ],
  ['one too few', { 'node_modules/a': INSTALLED['node_modules/a'] }, '@b/c is not the locked one'],
  ['one too many', { ...INSTALLED, 'node_modules/d': { version: '1.0.0' } }, 'd is not in package-lock.json'],
])('%s', (_name, installed, expected) => {
  expect(reason({ installed, runtime: '22.23.2' })).toBe(expected);
});

test('a package that was deleted by hand is missed', () => {
  expect(
    reason({ installed: INSTALLED, runtime: '22.23.2', withoutFolder: 'node_modules/a/node_modules/@b/c' }),
  ).toBe('node_modules/a/node_modules/@b/c is gone');
});

test('the runtime has to be new enough', () => {
  expect(reason({ installed: INSTALLED, runtime: '22.18.0' })).toBe('its Node.js runtime is 22.18.0');
});
