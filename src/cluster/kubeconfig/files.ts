/**
 * Which files make up the kubeconfig. Several are merged by kubectl itself: client-node takes the last current-context where
 * kubectl takes the first, and so would probe the wrong cluster.
 */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { errorCode, errorMessage, UserError } from '../../errors.ts';
import { fileErrorReason } from '../../file-error.ts';
import type { ConnectionFlags } from '../../model/options.ts';
import { inCluster } from './in-cluster.ts';
import { type Kubeconfig, type NamedBy, parseKubeconfig, unreadable } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Loaded {
  readonly config: Kubeconfig;
  /** What its relative paths are relative to. */
  readonly folder: string;
}

const fileError = (file: string, namedBy: NamedBy, error: unknown): UserError =>
  unreadable(file, namedBy, fileErrorReason(error) ?? errorMessage(error), error);

const readOne = (file: string, namedBy: NamedBy): Loaded => {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(file, namedBy, error);
  }
  return { config: parseKubeconfig(content, file, namedBy), folder: dirname(file) };
};

/** Only what is not there at all is passed over, as in kubectl. Not read here: it may be a pipe, which gives its content once. */
const isThere = (file: string, namedBy: NamedBy): boolean => {
  let isFolder: boolean;
  try {
    isFolder = statSync(file).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw fileError(file, namedBy, error);
  }
  if (isFolder) throw unreadable(file, namedBy, 'it is a folder');
  return true;
};

/** kubectl's own merge. `KUBECTL_PATH` is set by kubectl when it runs a plugin. */
const mergedByKubectl = async (files: string, env: Environment, signal: AbortSignal): Promise<Kubeconfig> => {
  // Loaded here, as most runs read one file and need no other program.
  const { execa } = await import('execa');
  const kubectl = env.KUBECTL_PATH ?? 'kubectl';
  const result = await execa(kubectl, ['config', 'view', '--raw', '--flatten', '-o', 'json'], {
    env: { ...env, KUBECONFIG: files },
    extendEnv: false,
    reject: false,
    timeout: 10_000,
    cancelSignal: signal,
    forceKillAfterDelay: 500,
  });
  signal.throwIfAborted();
  if (result.failed)
    throw unreadable(
      files,
      'KUBECONFIG',
      result.stderr === undefined || result.stderr === ''
        ? 'KUBECONFIG names several files, and kubectl, which merges them, could not be run'
        : result.stderr.trim().replace(/^error: /, ''),
    );
  return parseKubeconfig(result.stdout, '(merged by kubectl)', undefined);
};

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const noneReason = (candidates: readonly string[], namedBy: NamedBy): string => {
  const files = list(candidates);
  if (namedBy === undefined) return `${files} does not exist, and KUBECONFIG is not set`;
  if (candidates.length === 0) return 'KUBECONFIG is set, and names no file';
  return candidates.length === 1
    ? `KUBECONFIG names ${files}, which does not exist`
    : `KUBECONFIG names ${files}, and none of them exists`;
};

/**
 * As kubectl: `--kubeconfig`, else the files of KUBECONFIG that exist, else `~/.kube/config`, else the pod's own cluster.
 * @throws UserError when there is none of them, or one cannot be read; the signal's reason when that fires.
 */
export const readKubeconfig = async (
  flags: ConnectionFlags,
  env: Environment,
  signal: AbortSignal,
): Promise<Loaded> => {
  if (flags.kubeconfig !== undefined) return readOne(flags.kubeconfig, '--kubeconfig');
  // A variable that holds nothing but separators still keeps kubectl from the default path.
  const fromVariable = env.KUBECONFIG !== undefined && env.KUBECONFIG !== '';
  const namedBy = fromVariable ? 'KUBECONFIG' : undefined;
  const candidates = fromVariable
    ? [...new Set((env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== ''))]
    : [join(env.HOME ?? homedir(), '.kube', 'config')];
  const files = candidates.filter((file) => isThere(file, namedBy));
  const [only] = files;
  if (files.length > 1)
    return { config: await mergedByKubectl(files.join(delimiter), env, signal), folder: '.' };
  if (only !== undefined) return readOne(only, namedBy);
  const own = inCluster(env);
  if (own !== undefined) return { config: own, folder: '/' };
  if (flags.server !== undefined) return { config: {}, folder: '.' };
  throw new UserError({
    code: 'no-kubeconfig',
    message: 'no kubeconfig, so no cluster to ask',
    reason: noneReason(candidates, namedBy),
    next: ['kubectl config view', 'kubectl netcheck POD --kubeconfig FILE'],
  });
};
