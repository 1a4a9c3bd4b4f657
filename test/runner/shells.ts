/** Runs the real script under the shells that debug images have. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerCommand } from '../../src/runner/command.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import type { RunnerOrder } from '../../src/runner/types.ts';
import { expand } from '../sandbox/node/expand.ts';

export const SHELLS = ['dash', 'bash', 'bash --posix', 'busybox'] as const;
export type Shell = (typeof SHELLS)[number];
export const NONCE = 'n0nce';

export const fileOf = (name: string): string =>
  execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
const SHELL_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  ['dash', 'bash', 'busybox'].map((name) => [name, fileOf(name)]),
);
const BUSYBOX = fileOf('busybox');
const APPLETS = execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).trim().split('\n');

/** A PATH where every tool is busybox's own applet, as in an Alpine or busybox image. */
const appletFolder = (leaveOut: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-applets-'));
  for (const applet of APPLETS.filter((name) => !leaveOut.includes(name)))
    symlinkSync(BUSYBOX, join(folder, applet));
  return folder;
};

export const orderOf = (
  argvs: readonly (readonly string[])[],
  more: Partial<RunnerOrder> & { readonly limitSeconds?: number } = {},
): RunnerOrder => {
  const { limitSeconds = 30, ...rest } = more;
  return {
    nonce: NONCE,
    totalSeconds: 60,
    parallel: 24,
    asks: argvs.map((argv, index) => ({ id: `ask/${index}`, limitSeconds, argv })),
    ...rest,
  };
};

export interface ShellRun {
  readonly log: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

export interface RunOptions {
  /**
   * An image with busybox's applets but these. Not for busybox as the shell: Debian's finds applets that are not on PATH.
   */
  readonly leaveOut?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Put before the command: `unshare …`. */
  readonly wrapper?: readonly string[];
  /** A session and process group of its own, as a container's first process has. */
  readonly detached?: boolean;
  /** Called with all of the log each time that more has come. */
  readonly onLog?: (log: string, pid: number) => void;
}

const argvOf = (shell: Shell, command: readonly string[]): readonly string[] => {
  const [name = '', ...options] = shell.split(' ');
  return [SHELL_FILES[name] ?? name, ...(name === 'busybox' ? ['sh'] : options), ...command.slice(1)];
};

/** As a container: what the kubelet's expansion makes of the command, run by this shell. */
export const runIn = (shell: Shell, order: RunnerOrder, options: RunOptions = {}): Promise<ShellRun> =>
  new Promise((resolve, reject) => {
    const applets = shell === 'busybox' || options.leaveOut !== undefined;
    const folder = applets ? appletFolder(options.leaveOut ?? []) : undefined;
    const env = { PATH: folder ?? process.env.PATH ?? '', NAME: 'expanded', ...options.env };
    const command = runnerCommand(order).map((word) => expand(word, env));
    const [file = '', ...args] = [...(options.wrapper ?? []), ...argvOf(shell, command)];
    const child = spawn(file, args, {
      detached: options.detached ?? true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    let log = '';
    const take = (text: string) => {
      log += text;
      if (child.pid !== undefined) options.onLog?.(log, child.pid);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      if (folder !== undefined) rmSync(folder, { recursive: true });
      resolve({ log, exitCode: exitCode ?? undefined, signal: signal ?? undefined });
    });
  });

export const decode = (log: string) => {
  const decoder = createDecoder(NONCE);
  const results = decoder.push(log);
  return { results: [...results].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })), decoder };
};

/** Command lines of running processes that contain `marker`. */
const running = (marker: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(marker));

/** Waits for a moment: busybox's timeout leaves a watcher behind that sees only once a second that its tool is gone. */
export const leftovers = async (marker: string): Promise<readonly string[]> => {
  for (let wait = 0; wait < 100 && running(marker).length > 0; wait += 1)
    await new Promise((done) => setTimeout(done, 100));
  return running(marker);
};
