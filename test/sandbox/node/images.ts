/**
 * Images and registries: which images the node has, what a pull says. Messages are containerd's and the kubelet's, as in
 * shared/api/timelines.jsonl where recorded (registry down, bad name, missing with policy Never), else from their sources.
 */
import { createHash } from 'node:crypto';
import { milliseconds } from '../apps/flags.ts';
import type { ImageSettings } from './settings.ts';

/** `tools`: commands run for real. `app`: the small server. `sleep`: anything else, it only has to be there. */
export type ImageKind = 'tools' | 'app' | 'coredns' | 'sleep';

export interface Image {
  readonly kind: ImageKind;
  /** USER of the image: a number, a name, or '' when the image says nothing. */
  readonly user: string;
  readonly id: string;
  /** The image's own PATH, where it has one. */
  readonly path?: string;
  /** Made for another architecture: the kernel refuses its programs. */
  readonly foreign?: true;
}

export type Pull =
  | { readonly kind: 'present'; readonly image: Image }
  | { readonly kind: 'pulled'; readonly image: Image; readonly tookMs: number }
  | { readonly kind: 'never'; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly afterMs: number };

interface Reference {
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;

/** Source: distribution/reference. */
const parseReference = (name: string): Reference | string => {
  const [withoutDigest = '', digest = ''] = name.split('@', 2);
  const tagged = /^(.*?)(?::([\w][\w.-]{0,127}))?$/s.exec(withoutDigest);
  const [path = '', tag = ''] = [tagged?.[1] ?? '', tagged?.[2] ?? ''];
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first);
  const host = isHost ? first : 'docker.io';
  const rest = isHost ? path.slice(slash + 1) : path;
  const repository = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  if (!REPOSITORY.test(repository)) {
    const lowered = REPOSITORY.test(repository.toLowerCase());
    return lowered || /[A-Z]/.test(repository)
      ? `invalid reference format: repository name (${repository}) must be lowercase`
      : 'invalid reference format';
  }
  if (digest !== '' && !/^sha256:[0-9a-f]{64}$/.test(digest)) return 'invalid reference format';
  return { host, repository, tag: tag === '' && digest === '' ? 'latest' : tag, digest };
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A folder of the node's root file system with a shell and what it lives on, and nothing that speaks to a network (rootfs.sh). */
const SHELL_ONLY = '/opt/shell/bin';

const imageOf = (reference: Reference): Image => {
  const { repository } = reference;
  const id = `sha256:${sha256(`${repository}:${reference.tag}`)}`;
  if (reference.host === 'foreign.registry.test') return { kind: 'tools', user: 'root', id, foreign: true };
  if (repository === 'nicolaka/netshoot') return { kind: 'tools', user: 'root', id };
  if (repository === 'example/shell') return { kind: 'tools', user: '', id, path: SHELL_ONLY };
  if (/^library\/(busybox|alpine|debian)$/.test(repository)) return { kind: 'tools', user: '', id };
  if (repository.startsWith('lab/')) return { kind: 'app', user: '65532', id };
  if (repository === 'coredns/coredns') return { kind: 'coredns', user: '65532', id };
  return { kind: 'sleep', user: '', id };
};

const matches = (pattern: string, name: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(name);

/** Hosts under the reserved top level `test` that stand for registries of one kind each. */
const registryOf = (host: string, settings: ImageSettings): string => {
  if (host === 'localhost:1') return 'down';
  const named = /^(down|unauthorized|forbidden|limited|platform|foreign|timeout|slow)\.registry\.test$/.exec(
    host,
  )?.[1];
  if (named === 'slow') return 'slow=3s';
  return named === 'foreign' ? 'ok' : (named ?? settings.registry);
};

const pullFailure = (name: string, reference: Reference, registry: string): Pull => {
  const { host, repository } = reference;
  const endpoint = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const url = `https://${endpoint}/v2/${repository}/manifests/${reference.digest || reference.tag}`;
  const whole = name.startsWith(`${host}/`) ? name : `${host}/${repository}:${reference.tag}`;
  const failed = (why: string, afterMs = 0): Pull => ({
    kind: 'failed',
    afterMs,
    message: `failed to pull and unpack image "${whole}": failed to resolve image: ${why}`,
  });
  const unpack = (why: string): Pull => ({
    kind: 'failed',
    afterMs: 0,
    message: `failed to pull and unpack image "${whole}": ${why}`,
  });
  const address = host === 'localhost:1' ? '127.0.0.1:1' : '203.0.113.99:443';
  switch (registry) {
    case 'down':
      return failed(`failed to do request: Head "${url}": dial tcp ${address}: connect: connection refused`);
    case 'timeout':
      return failed(`failed to do request: Head "${url}": dial tcp ${address}: i/o timeout`, 30_000);
    case 'unauthorized':
      return failed(
        'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      );
    case 'forbidden':
      return failed(`unexpected status from HEAD request to ${url}: 403 Forbidden`);
    case 'limited':
      return unpack(
        `failed to copy: httpReadSeeker: failed open: unexpected status code ${url}: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit`,
      );
    case 'platform':
      return unpack('no match for platform in manifest: not found');
    default:
      return failed(`${whole}: not found`);
  }
};

/** What comes of an image name under a pull policy on this node. */
export const pull = (name: string, policy: string | undefined, settings: ImageSettings): Pull => {
  const reference = parseReference(name);
  if (typeof reference === 'string') {
    return {
      kind: 'invalid',
      message: `Failed to apply default image tag "${name}": couldn't parse image name "${name}": ${reference}`,
    };
  }
  const registry = registryOf(reference.host, settings);
  const nowhere = reference.tag === 'nope' || reference.repository.split('/').includes('nope');
  const present =
    !nowhere &&
    reference.host !== 'localhost:1' &&
    !reference.host.endsWith('.registry.test') &&
    !settings.absent.some((pattern) => matches(pattern, name));
  const wanted = policy ?? (reference.tag === 'latest' ? 'Always' : 'IfNotPresent');
  if (present && wanted !== 'Always') return { kind: 'present', image: imageOf(reference) };
  if (wanted === 'Never') {
    return { kind: 'never', message: `Container image "${name}" is not present with pull policy of Never` };
  }
  if (nowhere || (registry !== 'ok' && !registry.startsWith('slow=')))
    return pullFailure(name, reference, registry);
  const tookMs = registry.startsWith('slow=') ? milliseconds(registry.slice('slow='.length)) : 300;
  return { kind: 'pulled', image: imageOf(reference), tookMs };
};
