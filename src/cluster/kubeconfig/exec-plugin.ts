/** A login that another program gives (an exec credential plugin), run as kubectl runs it, but never beyond the run itself. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isatty } from 'node:tty';
import * as z from 'zod/mini';
import { errorCode, isTimeout, UserError } from '../../errors.ts';
import type { Environment } from './files.ts';
import { type Entry, textOf } from './schema.ts';

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
const text = z.nullish(z.string());
const pluginSchema = z.object({
  apiVersion: z.enum(VERSIONS),
  command: z.string().check(z.minLength(1)),
  args: z.nullish(z.array(z.string())),
  env: z.nullish(z.array(z.object({ name: z.string(), value: z.string() }))),
  installHint: text,
  interactiveMode: z.nullish(z.enum(['Never', 'IfAvailable', 'Always'])),
  provideClusterInfo: z.nullish(z.boolean()),
});
type Plugin = z.infer<typeof pluginSchema>;

const credentialSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.nullish(z.object({ token: text, clientCertificateData: text, clientKeyData: text })),
});

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

const problem = (message: string, reason: string, cause?: unknown): UserError =>
  new UserError({
    code: 'login-program-failed',
    message,
    reason,
    next: ['kubectl config view --minify', 'kubectl auth whoami'],
    cause,
  });

const parsePlugin = (exec: unknown): Plugin => {
  const parsed = pluginSchema.safeParse(exec);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw problem(
    'the kubeconfig names a login program in a way that cannot be used',
    at === 'apiVersion'
      ? `its exec.apiVersion has to be one of ${VERSIONS.join(', ')}`
      : `look at exec.${at}`,
  );
};

/** As in client-go: what the program needs to know which cluster it is for. */
const clusterInfo = (cluster: Entry): Entry => {
  const file = textOf(cluster, 'certificate-authority');
  const authority =
    textOf(cluster, 'certificate-authority-data') ??
    (file === undefined ? undefined : readFileSync(file).toString('base64'));
  const extensions: readonly unknown[] = Array.isArray(cluster.extensions) ? cluster.extensions : [];
  const config = extensions
    .map((entry) => z.object({ name: z.string(), extension: z.unknown() }).safeParse(entry))
    .find(({ data }) => data?.name === 'client.authentication.k8s.io/exec')?.data?.extension;
  return Object.fromEntries(
    Object.entries({
      server: cluster.server,
      'tls-server-name': textOf(cluster, 'tls-server-name'),
      'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] || undefined,
      'certificate-authority-data': authority,
      'proxy-url': textOf(cluster, 'proxy-url'),
      config,
    }).filter(([, value]) => value !== undefined),
  );
};

const isInteractive = ({ interactiveMode, command }: Plugin): boolean => {
  const terminal = isatty(0);
  if (interactiveMode === 'Always' && !terminal)
    throw problem(
      `the login program "${command}" has to ask something, and there is no terminal`,
      'its interactiveMode is Always, and stdin is no terminal',
    );
  return interactiveMode !== 'Never' && terminal;
};

/** The program's own answer is a secret: no error shows it. */
const parseAnswer = (stdout: string, { apiVersion, command }: Plugin): Entry => {
  const failed = `the login program "${command}" gave no credentials`;
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    throw problem(failed, 'what it printed is not JSON');
  }
  const credential = credentialSchema.safeParse(value).data;
  if (credential === undefined) throw problem(failed, 'what it printed is no ExecCredential');
  if (credential.apiVersion !== apiVersion)
    throw problem(
      failed,
      `it answers with another apiVersion than ${apiVersion}, which the kubeconfig names`,
    );
  const { token, clientCertificateData: certificate, clientKeyData: key } = credential.status ?? {};
  if (!token && !(certificate && key))
    throw problem(failed, 'its answer has no token, and no certificate with key');
  const encoded = (pem: string) => Buffer.from(pem).toString('base64');
  return {
    ...(token ? { token } : {}),
    ...(certificate && key
      ? { 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) }
      : {}),
  };
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
    throw problem(`the login program "${command}" gave no credentials before --timeout`, 'it was ended');
  }
  if (!result.failed) return parseAnswer(result.stdout, plugin);
  if (errorCode(result) === 'ENOENT' || errorCode(result.cause) === 'ENOENT')
    throw problem(
      `there is no login program "${command}", which the kubeconfig names`,
      plugin.installHint || 'it is installed with what made the kubeconfig, or not on PATH',
      result.cause,
    );
  const end =
    result.exitCode === undefined
      ? (result.signal ?? errorCode(result.cause))
      : `exit status ${result.exitCode}`;
  throw problem(`the login program "${command}" failed`, `it ended with ${end ?? 'an error'}`, result.cause);
};
