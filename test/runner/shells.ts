/** Runs the real script under the shells that debug images have. */
import { spawn } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerCommand } from '../../src/runner/command.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import type { RunnerOrder } from '../../src/runner/types.ts';

export const SHELLS = ['dash', 'bash', 'busybox'] as const;
export type Shell = (typeof SHELLS)[number];

/** A PATH with the few tools that the script uses, less those that an image lacks. busybox finds its own applets without any. */
const TOOLS = [
  'sh',
  'base64',
  'cat',
  'fold',
  'head',
  'tr',
  'sha256sum',
  'timeout',
  'sleep',
  'kill',
  'printf',
  'echo',
];
const pathWithout = (missing: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-tools-'));
  for (const tool of TOOLS.filter((name) => !missing.includes(name)))
    symlinkSync(`/usr/bin/${tool}`, join(folder, tool));
  return folder;
};

export const orderOf = (
  argvs: readonly (readonly string[])[],
  more: Partial<RunnerOrder> = {},
): RunnerOrder => ({
  nonce: 'n0nce',
  totalSeconds: 20,
  parallel: 24,
  asks: argvs.map((argv, index) => ({ id: `ask/${index}`, limitSeconds: 10, argv })),
  ...more,
});

export interface ShellRun {
  readonly log: string;
  readonly exitCode: number | null;
}

/** @param leaveOut tools that the image lacks */
export const runIn = (
  shell: Shell,
  order: RunnerOrder,
  hooks: {
    readonly leaveOut?: readonly string[];
    readonly onStart?: (pid: number) => void;
    readonly env?: Record<string, string>;
  } = {},
): Promise<ShellRun> =>
  new Promise((resolve, reject) => {
    const argv = runnerCommand(order).slice(1);
    const [file, args] = shell === 'busybox' ? ['/bin/busybox', ['sh', ...argv]] : [`/bin/${shell}`, argv];
    const PATH = hooks.leaveOut === undefined ? (process.env.PATH ?? '') : pathWithout(hooks.leaveOut);
    // A session of its own, as a container's first process has.
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, ...hooks.env },
    });
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      if (log === '' && child.pid !== undefined) hooks.onStart?.(child.pid);
      log += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ log, exitCode }));
  });

export const decode = (log: string, nonce = 'n0nce') => {
  const decoder = createDecoder(nonce);
  const results = decoder.push(log);
  return { results: [...results].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })), decoder };
};
