/** The bundle as a plugin on a PATH of its own, run as users run it: through kubectl where there is one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundle, ENTRY } from '../../krew-manifest/bundle.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const SEARCH_PATH = process.env.PATH ?? '';

export const HAS_KUBECTL = SEARCH_PATH.split(delimiter).some((folder) =>
  isExecutable(join(folder, 'kubectl')),
);

/** What is typed before the pod's name; in the names of tests it says which of the two they ran. */
export const COMMAND = HAS_KUBECTL ? 'kubectl netcheck' : 'kubectl-netcheck';

export interface Ran {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Plugin {
  /** HOME of every run, and a place for files; has no kubeconfig. */
  readonly folder: string;
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly start: (argv: readonly string[], env: NodeJS.ProcessEnv) => ChildProcess;
  /** `kubectl netcheck ARGV`, or `kubectl-netcheck ARGV`. `kubeconfig`: value of KUBECONFIG. */
  readonly run: (argv: readonly string[], kubeconfig: string) => Promise<Ran>;
  readonly remove: () => void;
}

export const ended = async (child: ChildProcess): Promise<Ran> => {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, signal, stdout, stderr };
};

export const installPlugin = async (): Promise<Plugin> => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-e2e-'));
  const dist = join(folder, 'dist');
  const bin = join(folder, 'bin');
  const entry = join(dist, ENTRY);
  await bundle(dist);
  mkdirSync(bin);
  const launcher = join(bin, 'kubectl-netcheck');
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
  chmodSync(launcher, 0o755);
  const env = { PATH: `${bin}${delimiter}${SEARCH_PATH}`, HOME: folder, LANG: 'C.UTF-8' };
  const [program = '', ...words] = COMMAND.split(' ');
  const start: Plugin['start'] = (argv, more) =>
    spawn(program, [...words, ...argv], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    folder,
    entry,
    env,
    start,
    run: (argv, kubeconfig) => ended(start(argv, { KUBECONFIG: kubeconfig })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
