import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tar } from '../../krew-manifest/tar.ts';
import { inTemporaryFolder, listArchive } from './krew.ts';

const file = (path: string, size = 1) => ({ path, content: new Uint8Array(size).fill(120) });

describe('tar', () => {
  test('does not depend on the order in which files are given', () => {
    const files = [file('b/c', 3), file('a', 513), file('b/a', 0), file('b.x', 512)];
    expect(tar(files).equals(tar(files.toReversed()))).toBe(true);
  });

  test('adds the folders, before what is in them', () => {
    expect(
      listArchive(gzipSync(tar([file('b/c/d'), file('a')]))).map(({ mode, path }) => [mode, path]),
    ).toEqual([
      ['-rw-r--r--', 'a'],
      ['drwxr-xr-x', 'b/'],
      ['drwxr-xr-x', 'b/c/'],
      ['-rw-r--r--', 'b/c/d'],
    ]);
  });

  test('gives every byte back to GNU tar', async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,9}$/);
    const files = fc.uniqueArray(fc.record({ path: name, content: fc.uint8Array({ maxLength: 1500 }) }), {
      selector: ({ path }) => path,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(files, (given) =>
        inTemporaryFolder((folder) => {
          execFileSync('tar', ['--extract', '--directory', folder], { input: tar(given) });
          for (const { path, content } of given)
            expect(readFileSync(join(folder, path)).equals(Buffer.from(content))).toBe(true);
        }),
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  test.each(['../a', '/a', 'a//b', 'a/../b', './a', '', 'a b', 'ä', 'x'.repeat(100)])(
    'refuses the path %j',
    (path) => {
      expect(() => tar([file(path)])).toThrow(/path/);
    },
  );

  test('refuses a path that is there twice, also as a folder', () => {
    expect(() => tar([file('a'), file('a')])).toThrow('twice');
    expect(() => tar([file('a/b'), file('a')])).toThrow('twice');
  });
});
