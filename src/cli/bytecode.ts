/**
 * Loads the parts of the bundle with the bytecode that an earlier run left in the user's cache folder: most of a start is compiling.
 * Node's own cache (`module.enableCompileCache`) holds what is compiled when a file is loaded, and so lacks every function that is
 * compiled when it is first called, which are nearly all. Only the bundle comes here: from source, this does nothing.
 */
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

export interface BytecodeFolder {
  readonly path: string;
  /** Whose files are trusted; undefined where files have no such owner (Windows). */
  readonly uid: number | undefined;
  readonly pid: number;
}

/** How far the run came that left it: one that came to a verdict has called most of what the next one calls. */
export type Coverage = 'part' | 'whole';

interface Kept {
  readonly bytecode: Buffer;
  readonly coverage: Coverage;
}

interface LoadedPart {
  readonly name: string;
  readonly script: Script;
  readonly sourceSum: number;
  /** Of the bytecode that it was loaded with. */
  readonly coverage: Coverage | undefined;
}

/** Before the bytecode: sum of the source, sum of the bytecode, coverage; 32 bits each, little-endian. */
const HEADER_BYTES = 12;
const COVERAGES: readonly Coverage[] = ['part', 'whole'];
const OTHERS_MAY_WRITE = 0o022;

/** What Node wraps a CommonJS file in. */
const BEFORE = '(function (exports, require, module, __filename, __dirname) { ';
const AFTER = '\n})';

const pathOf = ({ path }: BytecodeFolder, name: string): string => join(path, `${name}.bytecode`);

/** V8 trusts what it is given, so it gets nothing that another user may have written, nor half a file. */
const readTrusted = (file: string, uid: number | undefined): Buffer | undefined => {
  const descriptor = openSync(file, 'r');
  try {
    const stat = fstatSync(descriptor);
    const ours = uid === undefined || (stat.uid === uid && (stat.mode & OTHERS_MAY_WRITE) === 0);
    return ours && stat.isFile() ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
};

const read = (folder: BytecodeFolder, name: string, sourceSum: number): Kept | undefined => {
  try {
    const file = readTrusted(pathOf(folder, name), folder.uid);
    if (file === undefined || file.length <= HEADER_BYTES) return undefined;
    const bytecode = file.subarray(HEADER_BYTES);
    const coverage = COVERAGES[file.readUInt32LE(8)];
    const fits = file.readUInt32LE(0) === sourceSum && file.readUInt32LE(4) === crc32(bytecode);
    return fits && coverage !== undefined ? { bytecode, coverage } : undefined;
  } catch {
    return undefined;
  }
};

const write = (folder: BytecodeFolder, { name, script, sourceSum }: LoadedPart, coverage: Coverage): void => {
  const bytecode = script.createCachedData();
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(sourceSum, 0);
  header.writeUInt32LE(crc32(bytecode), 4);
  header.writeUInt32LE(COVERAGES.indexOf(coverage), 8);
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  const draft = `${pathOf(folder, name)}.${folder.pid}`;
  try {
    writeFileSync(draft, Buffer.concat([header, bytecode]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, pathOf(folder, name));
  } finally {
    rmSync(draft, { force: true });
  }
};

export interface PartLoader {
  /** From here on, parts are loaded with what is in this folder. It need not exist. */
  readonly useFolder: (folder: BytecodeFolder) => void;
  /** The exports of a file of the bundle, by its whole path; what it loads itself by `require('./…')` comes the same way. */
  readonly load: (path: string) => unknown;
  /** Leaves the bytecode of all that was called so far, where that is more than there was. A courtesy to the next run: fails silently. */
  readonly keep: (coverage: Coverage) => void;
}

export const createPartLoader = (): PartLoader => {
  const modules = new Map<string, { exports: unknown }>();
  const loaded: LoadedPart[] = [];
  let folder: BytecodeFolder | undefined;

  const compile = (path: string): Script => {
    const name = basename(path);
    const source = readFileSync(path);
    const sourceSum = crc32(source);
    const kept = folder === undefined ? undefined : read(folder, name, sourceSum);
    // The bundle is ASCII: this is the quick way to a string of one byte a character.
    const script = new Script(`${BEFORE}${source.toString('latin1')}${AFTER}`, {
      filename: path,
      ...(kept === undefined ? {} : { cachedData: kept.bytecode }),
    });
    // V8 takes none of another version's, or of other flags'.
    const taken = script.cachedDataRejected === false;
    loaded.push({ name, script, sourceSum, coverage: taken ? kept?.coverage : undefined });
    return script;
  };

  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const requireOfNode = createRequire(path);
    const require = (wanted: string): unknown =>
      wanted.startsWith('./') ? load(join(dirname(path), wanted)) : requireOfNode(wanted);
    compile(path).runInThisContext()(module.exports, require, module, path, dirname(path));
    return module.exports;
  };

  return {
    useFolder: (chosen) => {
      folder = chosen;
    },
    load,
    keep: (coverage) => {
      for (const part of loaded) {
        if (folder === undefined || part.coverage === 'whole' || part.coverage === coverage) continue;
        try {
          write(folder, part, coverage);
        } catch {
          // A folder that may not be written, a disk that is full.
        }
      }
    },
  };
};

/** Of this process. */
export const parts = createPartLoader();
