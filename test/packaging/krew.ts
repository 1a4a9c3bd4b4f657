/** What krew does with an archive: unpacks it into its store and links the plugin into its bin folder. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Entry {
  /** `-rwxr-xr-x`: type and mode, as tar lists them. */
  readonly mode: string;
  readonly owner: string;
  readonly path: string;
}

export interface Installed {
  readonly root: string;
  /** Folder of the unpacked archive. */
  readonly store: string;
  /** The symlink that is on the user's PATH. */
  readonly plugin: string;
  /** PATH of a machine without Node.js: krew's bin folder, a shell and two of coreutils. */
  readonly path: string;
}

/** A folder of its own that is gone when `use` has ended. The name has a space in it, as home folders can have. */
export const inTemporaryFolder = async <T>(use: (folder: string) => T | Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The archive's entries as GNU tar sees them, in their order. */
export const listArchive = (content: Uint8Array): readonly Entry[] =>
  execFileSync('tar', ['--list', '--verbose', '--gzip', '--numeric-owner'], {
    input: content,
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [mode = '', owner = '', , , , ...path] = line.split(/\s+/);
      return { mode, owner, path: path.join(' ') };
    });

/** The first of PATH, which a test may not have changed. */
export const onPath = (command: string): string | undefined => {
  try {
    return execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
};

export const installWithKrew = (folder: string, version: string, content: Uint8Array): Installed => {
  const root = join(folder, '.krew');
  const store = join(root, 'store/netcheck', `v${version}`);
  const plugin = join(root, 'bin/kubectl-netcheck');
  const system = join(folder, 'system');
  for (const path of [store, join(root, 'bin'), system]) mkdirSync(path, { recursive: true });
  execFileSync('tar', ['--extract', '--gzip', '--directory', store], { input: content });
  symlinkSync(join(store, 'kubectl-netcheck'), plugin);
  for (const command of ['sh', 'dirname', 'readlink'])
    symlinkSync(onPath(command) ?? command, join(system, command));
  return { root, store, plugin, path: [join(root, 'bin'), system].join(delimiter) };
};

/** An executable file, for tests that need a program of their own. */
export const writeProgram = (path: string, text: string): void => {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
};
