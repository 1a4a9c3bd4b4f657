/** A folder where a file is wanted, on the real file system. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from '@jest/globals';
import { createFiles } from '../../src/cli/files.ts';
import { fileErrorReason } from '../../src/file-error.ts';
import { netcheck } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'netcheck-folders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = createFiles(Readable.from([]));

test('judge FOLDER', async () => {
  const ran = await netcheck(['judge', folder], {}, { files });
  expect(ran).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: cannot read ${folder}\n  it is a folder\n  next  kubectl netcheck POD --save case.json\n`,
    files: {},
  });
});

test('judge of a file that is not there', async () => {
  const missing = join(folder, 'missing.json');
  expect((await netcheck(['judge', missing], {}, { files })).stderr).toBe(
    `error: cannot read ${missing}\n  there is no such file or folder\n  next  kubectl netcheck POD --save case.json\n`,
  );
});

test('--save FOLDER: told before the cluster is asked', async () => {
  const ran = await netcheck(['web-0', '--save', folder], {}, { files });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(`error: cannot write ${folder}\n  it is a folder\n`);
  expect(readdirSync(folder)).toEqual([]);
});

test('what is no error of the file system has no such words', () => {
  expect(fileErrorReason(new Error('x'))).toBeUndefined();
  expect(fileErrorReason(undefined)).toBeUndefined();
  expect(fileErrorReason(Object.assign(new Error('x'), { code: 'ERR_OTHER' }))).toBeUndefined();
  expect(fileErrorReason(Object.assign(new Error('x'), { code: 'EODD', syscall: 'open' }))).toBe('x');
});
