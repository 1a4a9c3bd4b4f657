/** Runs a command line as main.ts does, with ports that record. */
import { parseArgs } from '../../src/cli/args.ts';
import { explainError } from '../../src/cli/explain-error.ts';
import type { RunPorts } from '../../src/cli/ports.ts';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written, by path. */
  readonly files: Readonly<Record<string, string>>;
}

const fileError = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open' });

/** `files`: what can be read. Every port can be replaced. */
export const netcheck = async (
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
  replaced: Partial<RunPorts> = {},
): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const written: Record<string, string> = {};
  const ports: RunPorts = {
    stdout: { isTerminal: false, columns: undefined, write: async (text) => void out.push(text) },
    stderr: { isTerminal: false, columns: undefined, write: async (text) => void err.push(text) },
    files: {
      read: async (path) => {
        const text = files[path];
        if (text === undefined) throw fileError('ENOENT', path);
        return text;
      },
      tryWrite: async (path) => {
        if (path.startsWith('/no-such-folder/')) throw fileError('ENOENT', path);
      },
      writePrivate: async (path, text) => {
        if (path.startsWith('/full/')) throw fileError('ENOSPC', path);
        written[path] = text;
      },
    },
    env: { LANG: 'C.UTF-8' },
    platform: 'linux',
    now: () => new Date('2026-07-01T10:00:00Z'),
    later: () => () => {},
    signal: new AbortController().signal,
    stoppedBy: () => undefined,
    loadCheck: async () => async () => {
      throw new Error('this command line was not to reach a cluster');
    },
    loadJudge: async () => (await import('../../src/judge.ts')).judge,
    loadCodes: () => import('../../src/codes/index.ts'),
    ...replaced,
  };
  let code: number;
  try {
    code = await run(parseArgs(argv), ports);
  } catch (error) {
    code = await explainError(error, ports);
  }
  return { code, stdout: out.join(''), stderr: err.join(''), files: written };
};
