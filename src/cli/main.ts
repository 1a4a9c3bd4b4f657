#!/usr/bin/env node
/**
 * The entry, and the only file that touches `process`. Its one static import is small, so that `--help` loads nothing but its
 * text, and an older Node comes as far as telling its user what is wrong.
 */
import { existsSync } from 'node:fs';
import { parts } from './bytecode.ts';
import { quickAnswer } from './quick.ts';

const OLDEST_NODE = [22, 19] as const;
/** After the first signal: time for a partial report. */
const LAST_WORDS_MS = 1_800;
/** A shell's status for a reader that went away (SIGPIPE). */
const READER_GONE = 141;

const tooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
};

const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';

const outputStream = (stream: NodeJS.WriteStream) => ({
  isTerminal: stream.isTTY === true,
  // Some terminals say 0 for "not known".
  columns: stream.columns || undefined,
  /** Resolves when the text has left the process, so that exiting cuts nothing. */
  write: (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    }),
});

const host = () => ({
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  env: process.env,
  platform: process.platform,
});

const answerQuickly = async (answer: 'help' | 'version'): Promise<number> => {
  const text =
    answer === 'help'
      ? (await import('./help.ts')).helpText()
      : `kubectl-netcheck ${(await import('../version.ts')).VERSION}\n`;
  await host().stdout.write(text);
  return 0;
};

/** Below the user's own cache folder, and only where there is a home: who has none (`/nonexistent`) wants nothing kept. */
const useBytecode = (): void => {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const [home, caches] = XDG_CACHE_HOME
    ? [XDG_CACHE_HOME, XDG_CACHE_HOME]
    : HOME
      ? [HOME, `${HOME}/.cache`]
      : [LOCALAPPDATA, LOCALAPPDATA];
  if (home && existsSync(home))
    parts.useFolder({
      path: `${caches}/kubectl-netcheck`,
      uid: process.getuid?.(),
      pid: process.pid,
    });
};

const runCommand = async (argv: readonly string[]): Promise<number> => {
  useBytecode();
  const { parseArgs, run, createFiles, EXIT, SIGNAL_EXIT, load } = await import('./program.ts');
  const command = parseArgs(argv);
  const stop = new AbortController();
  let stoppedBy: keyof typeof SIGNAL_EXIT | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      // The second one: at once.
      if (stoppedBy !== undefined) process.exit(SIGNAL_EXIT[name]);
      stoppedBy = name;
      stop.abort();
      setTimeout(() => process.exit(SIGNAL_EXIT[name]), LAST_WORDS_MS);
    });
  try {
    const status = await run(command, {
      ...host(),
      files: createFiles(process.stdin),
      now: () => new Date(),
      later: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
      signal: stop.signal,
      stoppedBy: () => stoppedBy,
      ...load,
    });
    if (command.kind === 'check') parts.keep(status === EXIT.inconclusive ? 'part' : 'whole');
    return status;
  } catch (error) {
    if (stoppedBy === undefined) throw error;
    // What fails because it was stopped needs no explanation; that there is no report, a word.
    await host()
      .stderr.write('stopped before there was anything to report\n')
      .catch(() => undefined);
    return SIGNAL_EXIT[stoppedBy];
  }
};

const explain = async (error: unknown): Promise<number> => {
  if (isReaderGone(error)) return READER_GONE;
  return (await import('./program.ts')).explainError(error, host());
};

const A_DAY_MS = 24 * 3600 * 1000;

const main = async (): Promise<number> => {
  const argv = process.argv.slice(2);
  const quick = quickAnswer(argv);
  // Deadlines alone do not keep Node alive: with nothing else to wait for it would end with 0, which says healthy.
  const alive = setInterval(() => undefined, A_DAY_MS);
  try {
    return await (quick === undefined ? runCommand(argv) : answerQuickly(quick));
  } catch (error) {
    return await explain(error);
  } finally {
    clearInterval(alive);
  }
};

// Exits by itself, as connections that are still open would keep it alive. Where not even stderr takes an error: status 1.
const exitWith = (code: Promise<number>): void => {
  void code.then(
    (status) => process.exit(status),
    () => process.exit(1),
  );
};

if (tooOld(process.versions.node)) {
  process.stderr.write(
    `error: kubectl netcheck needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}\n`,
  );
  process.exitCode = 1;
} else {
  // Errors of writing are handled where it is written; without a listener they would end the process with a stack.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (error) => exitWith(explain(error)));
  process.on('unhandledRejection', (error) => exitWith(explain(error)));
  exitWith(main());
}
