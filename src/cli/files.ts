/** Reading and writing files for the commands. */
import { access, constants, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { errorCode } from '../errors.ts';
import type { Files } from './ports.ts';

const OWNER_ONLY = 0o600;

const statIfAny = async (path: string) => {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const folderError = (path: string): Error =>
  Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR', syscall: 'open' });

export const createFiles = (stdin: Readable): Files => ({
  read: async (path, signal) =>
    path === '-'
      ? (await buffer(addAbortSignal(signal, stdin))).toString('utf8')
      : await readFile(path, { encoding: 'utf8', signal }),
  tryWrite: async (path) => {
    const there = await statIfAny(path);
    if (there?.isDirectory() === true) throw folderError(path);
    await access(there === undefined ? dirname(path) : path, constants.W_OK);
  },
  writePrivate: async (path, text) => {
    const file = await open(path, 'w', OWNER_ONLY);
    try {
      // An earlier file keeps its mode when it is opened; pipes and devices have none to change.
      if ((await file.stat()).isFile()) await file.chmod(OWNER_ONLY);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  },
});
