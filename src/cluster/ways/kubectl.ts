/** kubectl with the connection of this run: what goes through it speaks its protocols, logins and proxies. */
import type { ConnectionFlags } from '../../model/options.ts';

/** kubectl tells a plugin where it is itself. */
export const kubectlOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env.KUBECTL_PATH || 'kubectl';

/** The flags as the user gave them to us. The same file and the same context are read by kubectl itself. */
export const connectionArguments = (flags: ConnectionFlags): readonly string[] => {
  const value = (name: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`--${name}=${text}`];
  return [
    ...value('kubeconfig', flags.kubeconfig),
    ...value('context', flags.context),
    ...value('cluster', flags.cluster),
    ...value('user', flags.user),
    ...value('server', flags.server),
    ...value('token', flags.token),
    ...value('as', flags.as),
    ...flags.asGroups.flatMap((group) => value('as-group', group)),
    ...value('as-uid', flags.asUid),
    ...(flags.insecureSkipTlsVerify === undefined
      ? []
      : [`--insecure-skip-tls-verify=${flags.insecureSkipTlsVerify}`]),
    ...value('tls-server-name', flags.tlsServerName),
    ...value('certificate-authority', flags.certificateAuthority),
    ...value('client-certificate', flags.clientCertificate),
    ...value('client-key', flags.clientKey),
  ];
};

export interface KubectlRun {
  /** undefined: it was ended by a signal, ours among them. */
  readonly exitCode: number | undefined;
  readonly stderr: string;
  /** There is no such program, or it may not be run. */
  readonly missing: boolean;
}

const STDERR_LIMIT = 16 * 1024;

/** Runs it to its end, or until the signal fires. @param onStdout gets text as it comes. */
export const runKubectl = async (
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  stdin: string,
  signal: AbortSignal,
  onStdout: (text: string) => void,
): Promise<KubectlRun> => {
  // Loaded here: most runs need no other program.
  const { execa } = await import('execa');
  const running = execa(kubectlOf(env), args, {
    env: { ...env },
    extendEnv: false,
    input: stdin,
    buffer: { stdout: false },
    maxBuffer: { stderr: STDERR_LIMIT },
    cancelSignal: signal,
    forceKillAfterDelay: 500,
    reject: false,
  });
  const decoder = new TextDecoder();
  running.stdout.on('data', (chunk: Uint8Array) => onStdout(decoder.decode(chunk, { stream: true })));
  const { exitCode, stderr, code } = await running;
  return {
    exitCode,
    stderr: typeof stderr === 'string' ? stderr : '',
    missing: exitCode === undefined && (code === 'ENOENT' || code === 'EACCES'),
  };
};
