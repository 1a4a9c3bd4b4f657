/** Parts of a bundle, loaded with what an earlier process left. Each `loader` stands for a process. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BytecodeFolder, createPartLoader } from '../../src/cli/bytecode.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netcheck-bytecode-'));
  writeFileSync(
    join(root, 'main.cjs'),
    `const { basename } = require('node:path');
     let calls = 0;
     exports.answer = () => { calls += 1; return [calls, require('./other.cjs').word, basename(__filename), module.exports === exports].join(' '); };`,
  );
  writeFileSync(join(root, 'other.cjs'), "exports.word = 'caf\\u00e9';");
});
afterEach(() => rmSync(root, { recursive: true }));

const MAIN_FILE = 'main.cjs.bytecode';
const kept = (): string => join(root, 'kept');
const keptFile = (): string => join(kept(), MAIN_FILE);
const inode = (): number => statSync(keptFile()).ino;

const loader = (more: Partial<BytecodeFolder> = {}) => {
  const parts = createPartLoader();
  parts.useFolder({ path: kept(), uid: process.getuid?.(), pid: process.pid, ...more });
  return parts;
};

const answer = (parts: ReturnType<typeof loader>): string => {
  const loaded = parts.load(join(root, 'main.cjs'));
  if (typeof loaded !== 'object' || loaded === null) throw new Error('no exports');
  return Reflect.get(loaded, 'answer')();
};

/** A process that leaves what it compiled. */
const leave = (coverage: 'part' | 'whole' = 'whole'): void => {
  const parts = loader();
  answer(parts);
  parts.keep(coverage);
};

describe('a part', () => {
  test('is run once, with what Node gives to a file, and with the parts that it requires', () => {
    const parts = loader();
    expect(answer(parts)).toBe('1 café main.cjs true');
    expect(answer(parts)).toBe('2 café main.cjs true');
  });

  test('leaves its bytecode where nobody else can write, and nothing beside it', () => {
    leave();
    expect(readdirSync(kept()).sort()).toEqual([MAIN_FILE, 'other.cjs.bytecode']);
    expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
  });

  test('takes what was left, and leaves it as it is', () => {
    leave();
    const before = inode();
    const parts = loader();
    expect(answer(parts)).toBe('1 café main.cjs true');
    parts.keep('whole');
    parts.keep('part');
    expect(inode()).toBe(before);
  });

  test('of a run that came only part of the way: replaced by one that came further, and by no other', () => {
    leave('part');
    const first = inode();
    leave('part');
    expect(inode()).toBe(first);
    leave('whole');
    const whole = inode();
    expect(whole).not.toBe(first);
    leave('part');
    expect(inode()).toBe(whole);
  });

  test('without a folder nothing is left', () => {
    const parts = createPartLoader();
    answer(parts);
    parts.keep('whole');
    expect(readdirSync(root).sort()).toEqual(['main.cjs', 'other.cjs']);
  });
});

describe('not taken, and made anew', () => {
  const flipped = (at: (length: number) => number) => (): void => {
    const bytes = readFileSync(keptFile());
    const index = at(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
    writeFileSync(keptFile(), bytes);
  };
  test.each<readonly [string, () => void]>([
    ['a byte changed in the middle', flipped((length) => Math.floor(length / 2))],
    ['the last byte changed', flipped((length) => length - 1)],
    ['the sum of another source', flipped(() => 0)],
    ['a coverage that there is not', flipped(() => 11)],
    ['half of it', () => writeFileSync(keptFile(), readFileSync(keptFile()).subarray(0, 200))],
    ['no more than its head', () => writeFileSync(keptFile(), readFileSync(keptFile()).subarray(0, 12))],
    ['nothing', () => writeFileSync(keptFile(), '')],
    ['another may write it', () => chmodSync(keptFile(), 0o620)],
  ])('%s', (_, spoil) => {
    leave();
    spoil();
    const spoiled = readFileSync(keptFile());
    const before = inode();
    const parts = loader();
    expect(answer(parts)).toBe('1 café main.cjs true');
    parts.keep('part');
    expect(inode()).not.toBe(before);
    expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(keptFile()).length).toBeGreaterThanOrEqual(spoiled.length);
  });

  test('the source is another one of the same length', () => {
    leave();
    const path = join(root, 'main.cjs');
    writeFileSync(path, readFileSync(path, 'utf8').replace("join(' ')", "join('-')"));
    expect(answer(loader())).toBe('1-café-main.cjs-true');
  });

  test('it is another user’s', () => {
    leave();
    const before = inode();
    const parts = loader({ uid: 4_242 });
    expect(answer(parts)).toBe('1 café main.cjs true');
    parts.keep('part');
    expect(inode()).not.toBe(before);
  });
});

describe('a folder that cannot be written changes nothing', () => {
  test('a file is in its place', () => {
    writeFileSync(kept(), '');
    leave();
    expect(answer(loader())).toBe('1 café main.cjs true');
  });

  test('a folder is in the place of the file: the draft is taken away again', () => {
    mkdirSync(keptFile(), { recursive: true });
    leave();
    expect(readdirSync(kept()).sort()).toEqual([MAIN_FILE, 'other.cjs.bytecode']);
  });

  test('a draft of the same name is there', () => {
    mkdirSync(kept());
    writeFileSync(`${keptFile()}.77`, 'of a process that was killed');
    const parts = loader({ pid: 77 });
    answer(parts);
    expect(() => parts.keep('whole')).not.toThrow();
  });
});
