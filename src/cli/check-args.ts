/** The flags and words of `kubectl netcheck POD` → a CheckCommand. Pure. */
import { SUITE_WORDS, type SuiteWord } from '../../probes/words.ts';
import {
  type CheckOptions,
  type ConnectionFlags,
  type DryRun,
  type ImagePullPolicy,
  PROFILES,
  type Profile,
  VIA,
  type Via,
} from '../model/options.ts';
import type { CheckCommand, OutputOptions } from './command.ts';
import { readDestination } from './destination-ref.ts';
import { parseDuration } from './duration.ts';
import { isImageName } from './image-name.ts';
import { internetFault, isMetadata, METADATA_FAULT } from './internet-target.ts';
import type { ParsedFlags } from './parse-flags.ts';
import { nameFault, readTarget } from './target-ref.ts';
import { closest, usageError } from './usage-error.ts';

export const DEFAULT_TIMEOUT_MS = 60_000;
const LONGEST_TIMEOUT_MS = 3_600_000;

const duration = (flags: ParsedFlags, name: string): number | undefined => {
  const text = flags.value(name);
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined)
    throw usageError('bad-duration', `--${name}: "${text}" is no duration`, {
      reason: 'write it as 45s, 1m30s or 500ms; a plain number counts seconds',
    });
  return ms;
};

const timeout = (flags: ParsedFlags): number => {
  const ms = duration(flags, 'timeout') ?? DEFAULT_TIMEOUT_MS;
  if (ms === 0 || ms > LONGEST_TIMEOUT_MS)
    throw usageError('bad-duration', `--timeout: "${flags.value('timeout') ?? ''}" is out of range`, {
      reason: 'more than 0, and at most 1h',
    });
  return ms;
};

const LONGEST_PATIENCE_MS = 30_000;

/** Whole seconds, because that is what the tools take. */
const probePatience = (flags: ParsedFlags): number | undefined => {
  const ms = duration(flags, 'probe-timeout');
  if (ms === undefined) return undefined;
  if (ms < 1000 || ms > LONGEST_PATIENCE_MS)
    throw usageError(
      'bad-duration',
      `--probe-timeout: "${flags.value('probe-timeout') ?? ''}" is out of range`,
      {
        reason: 'from 1s to 30s',
      },
    );
  return Math.ceil(ms / 1000);
};

const suiteWords = (flags: ParsedFlags, name: 'only' | 'skip'): readonly SuiteWord[] | undefined => {
  const typed = flags.list(name).flatMap((list) => list.split(','));
  const words = typed.map((word) => {
    const known = SUITE_WORDS.find((candidate) => candidate === word);
    if (known !== undefined) return known;
    const meant = closest(word, SUITE_WORDS);
    throw usageError('bad-value', `--${name}: "${word}" is nothing that is asked`, {
      reason: `${meant === undefined ? '' : `did you mean ${meant}? `}it is one of: ${SUITE_WORDS.join(', ')}`,
    });
  });
  return words.length === 0 ? undefined : [...new Set(words)];
};

const namespace = (flags: ParsedFlags): string | undefined => {
  const name = flags.value('namespace');
  const fault = name === undefined ? undefined : nameFault(name, 'label');
  if (fault !== undefined)
    throw usageError('bad-name', `"${name ?? ''}" cannot be the name of a namespace`, {
      reason: fault,
      next: ['kubectl get namespaces'],
    });
  return name;
};

/** All before the last @, with or without a scheme: `user:password@host` is often typed so. */
const withoutPassword = (target: string): string => target.replace(/^(.*?:\/\/)?.*@(?!sha256:)/s, '$1...@');

const metadataFault = (flags: ParsedFlags, target: string): string | undefined =>
  flags.on('allow-metadata') !== true && isMetadata(target) ? METADATA_FAULT : undefined;

const internet = (flags: ParsedFlags): CheckOptions['internet'] => {
  const targets = flags.list('internet');
  const off = flags.on('no-internet') === true;
  if (off && targets.length > 0)
    throw usageError('flags-conflict', '--internet and --no-internet exclude each other', {
      reason: '--internet names what to try outside the cluster, --no-internet tries nothing',
    });
  for (const target of targets) {
    const fault = internetFault(target) ?? metadataFault(flags, target);
    if (fault !== undefined)
      throw usageError('bad-value', `--internet: cannot try "${withoutPassword(target)}"`, {
        reason: `${fault}; write a URL, an IP address or HOST[:PORT]`,
      });
  }
  if (off) return 'none';
  return targets.length === 0 ? 'default' : [...new Set(targets)];
};

const destination = (flags: ParsedFlags): CheckOptions['to'] => {
  const text = flags.value('to');
  if (text === undefined) return undefined;
  const to = readDestination(text);
  const fault = 'name' in to.ref ? undefined : metadataFault(flags, text);
  if (fault !== undefined)
    throw usageError('bad-value', `--to: will not reach for "${text}"`, { reason: fault });
  return to;
};

const image = (flags: ParsedFlags): string | undefined => {
  const name = flags.value('image');
  if (name !== undefined && !isImageName(name))
    throw usageError('bad-value', `--image: "${withoutPassword(name)}" is no image reference`, {
      reason: 'write it as [REGISTRY/]NAME[:TAG][@sha256:DIGEST]; a wrong one would stay in the pod for good',
    });
  return name;
};

const pullPolicy = (flags: ParsedFlags): ImagePullPolicy | undefined => {
  const policy = flags.value('image-pull-policy');
  return policy === 'Always' || policy === 'IfNotPresent' || policy === 'Never' ? policy : undefined;
};

const dryRun = (flags: ParsedFlags): DryRun => {
  const mode = flags.value('dry-run');
  return mode === 'client' || mode === 'server' ? mode : 'none';
};

const via = (flags: ParsedFlags): Via => VIA.find((way) => way === flags.value('via')) ?? 'auto';
const profile = (flags: ParsedFlags): Profile =>
  PROFILES.find((one) => one === flags.value('profile')) ?? 'restricted';

const SHORTEST_KEEP_MS = 10_000;
const LONGEST_KEEP_MS = 24 * 3_600_000;

/** Whole seconds, because that is what `sleep` takes everywhere. */
const keepSeconds = (flags: ParsedFlags): number | undefined => {
  const ms = duration(flags, 'keep');
  if (ms === undefined) return undefined;
  if (ms < SHORTEST_KEEP_MS || ms > LONGEST_KEEP_MS)
    throw usageError('bad-duration', `--keep: "${flags.value('keep') ?? ''}" is out of range`, {
      reason: 'from 10s to 24h',
    });
  if (!['auto', 'ephemeral'].includes(via(flags)))
    throw usageError('flags-conflict', `--keep is for ephemeral containers, not for --via ${via(flags)}`);
  return Math.ceil(ms / 1000);
};

/** A name of this cluster's objects. */
const objectName = (flags: ParsedFlags, flag: string, what: string): string | undefined => {
  const name = flags.value(flag);
  const fault = name === undefined ? undefined : nameFault(name, 'subdomain');
  if (fault !== undefined)
    throw usageError('bad-name', `--${flag}: "${name ?? ''}" cannot be the name of ${what}`, {
      reason: fault,
    });
  return name;
};

const onlyWith = (flags: ParsedFlags, flag: string, ways: readonly Via[]): void => {
  if (flags.given.includes(flag) && !ways.includes(via(flags)))
    throw usageError('flags-conflict', `--${flag} says nothing to --via ${via(flags)}`, {
      reason: `it is for --via ${ways.filter((way) => way !== 'auto').join(' and --via ')}`,
    });
};

const ways = (flags: ParsedFlags) => {
  onlyWith(flags, 'container', ['auto', 'exec']);
  onlyWith(flags, 'image-pull-secret', ['auto', 'jump']);
  return {
    via: via(flags),
    profile: profile(flags),
    container: objectName(flags, 'container', 'a container'),
    keepSeconds: keepSeconds(flags),
    imagePullSecret: objectName(flags, 'image-pull-secret', 'a Secret'),
    yes: flags.on('yes') === true,
  };
};

const connection = (flags: ParsedFlags): ConnectionFlags => {
  const asGroups = flags.list('as-group');
  if (flags.value('as') === undefined && (asGroups.length > 0 || flags.value('as-uid') !== undefined))
    throw usageError('flags-conflict', '--as-group and --as-uid need --as', {
      reason: 'only a user can be impersonated, with or without groups',
    });
  const insecure = flags.on('insecure-skip-tls-verify');
  if (insecure === true && flags.value('certificate-authority') !== undefined)
    throw usageError(
      'flags-conflict',
      '--certificate-authority and --insecure-skip-tls-verify exclude each other',
    );
  return {
    kubeconfig: flags.value('kubeconfig'),
    context: flags.value('context'),
    cluster: flags.value('cluster'),
    user: flags.value('user'),
    server: flags.value('server'),
    token: flags.value('token'),
    as: flags.value('as'),
    asGroups,
    asUid: flags.value('as-uid'),
    requestTimeoutMs: duration(flags, 'request-timeout'),
    insecureSkipTlsVerify: insecure,
    tlsServerName: flags.value('tls-server-name'),
    certificateAuthority: flags.value('certificate-authority'),
    clientCertificate: flags.value('client-certificate'),
    clientKey: flags.value('client-key'),
  };
};

/** Throws a UserError (exit status 2). */
export const readCheck = (flags: ParsedFlags, output: OutputOptions): CheckCommand => ({
  kind: 'check',
  check: {
    ...readTarget(flags.words),
    to: destination(flags),
    namespace: namespace(flags),
    ...ways(flags),
    connection: connection(flags),
    image: image(flags),
    imagePullPolicy: pullPolicy(flags),
    timeoutMs: timeout(flags),
    probePatienceSeconds: probePatience(flags),
    only: suiteWords(flags, 'only'),
    skip: suiteWords(flags, 'skip'),
    internet: internet(flags),
    dryRun: dryRun(flags),
  },
  output,
  save: flags.value('save'),
});
