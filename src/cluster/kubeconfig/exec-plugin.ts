/** A login that another program gives (an exec credential plugin), run as kubectl runs it, but never beyond the run itself. */
import { isAbsolute, join } from 'node:path';
import { isatty } from 'node:tty';
import { errorCode, isTimeout } from '../../errors.ts';
import { clusterInfo, loginProblem, type Plugin, parseAnswer, parsePlugin } from './exec-credential.ts';
import type { Environment } from './files.ts';
import type { Entry } from './schema.ts';

export interface PluginPorts {
  readonly env: Environment;
  /** What a command with a slash is relative to. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** After a polite signal to end. The run has to be over 2 s after Ctrl-C. */
const KILL_AFTER_MS = 500;
/** A credential is some kilobytes. */
const LONGEST_ANSWER = 1024 * 1024;

const isInteractive = ({ interactiveMode, command }: Plugin): boolean => {
  const terminal = isatty(0);
  if (interactiveMode === 'Always' && !terminal)
    throw loginProblem(
      `the login program "${command}" has to ask something, and there is no terminal`,
      'its interactiveMode is Always, and stdin is no terminal',
    );
  return interactiveMode !== 'Never' && terminal;
};

/** What the program itself has started may hold its stdout open beyond its end: that is not waited for. */
const longAfter = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    const soon = () => setTimeout(resolve, 1.5 * KILL_AFTER_MS, undefined).unref();
    if (signal.aborted) soon();
    else signal.addEventListener('abort', soon, { once: true });
  });

/**
 * Runs the program of a user's `exec` entry. What it says on stderr is for the user, and is shown as it comes.
 * @param cluster told to the program where it wants to know (provideClusterInfo).
 * @returns what it gave, as a user entry: `token`, `client-certificate-data`, `client-key-data`.
 * @throws UserError where it gives none; the signal's reason when that fires, after the program was ended.
 */
export const runExecPlugin = async (exec: unknown, cluster: Entry, ports: PluginPorts): Promise<Entry> => {
  const plugin = parsePlugin(exec);
  const { apiVersion, command, args, env } = plugin;
  const interactive = isInteractive(plugin);
  const spec = { ...(plugin.provideClusterInfo ? { cluster: clusterInfo(cluster) } : {}), interactive };
  // A bare name is looked for on PATH; a path is the kubeconfig's, as in kubectl.
  const program = /[/\\]/.test(command) && !isAbsolute(command) ? join(ports.folder, command) : command;
  // Loaded here, as few logins need it.
  const { execa } = await import('execa');
  const running = execa(program, args ?? [], {
    env: {
      ...ports.env,
      ...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify({ kind: 'ExecCredential', apiVersion, spec }),
    },
    extendEnv: false,
    stdin: interactive ? 'inherit' : 'ignore',
    stderr: 'inherit',
    cancelSignal: ports.signal,
    forceKillAfterDelay: KILL_AFTER_MS,
    maxBuffer: LONGEST_ANSWER,
    reject: false,
  });
  const result = await Promise.race([running, longAfter(ports.signal)]);
  if (ports.signal.aborted || result === undefined) {
    if (!isTimeout(ports.signal.reason)) throw ports.signal.reason;
    throw loginProblem(`the login program "${command}" gave no credentials before --timeout`, 'it was ended');
  }
  if (!result.failed) return parseAnswer(result.stdout, plugin);
  if (errorCode(result) === 'ENOENT' || errorCode(result.cause) === 'ENOENT')
    throw loginProblem(
      `there is no login program "${command}", which the kubeconfig names`,
      plugin.installHint || 'it is installed with what made the kubeconfig, or not on PATH',
      result.cause,
    );
  const end =
    result.exitCode === undefined
      ? (result.signal ?? errorCode(result.cause))
      : `exit status ${result.exitCode}`;
  throw loginProblem(
    `the login program "${command}" failed`,
    `it ended with ${end ?? 'an error'}`,
    result.cause,
  );
};
