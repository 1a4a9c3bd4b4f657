/** `web-0`, `deploy/web`, `deploy web` → kind and name, checked before any call. */
import { TARGET_KINDS, type TargetKind, type TargetRef } from '../model/options.ts';
import { closest, HELP, usageError } from './usage-error.ts';

/** The words that kubectl takes for each kind: singular, plural, short names. */
const ALIASES: Readonly<Record<TargetKind, readonly string[]>> = {
  pod: ['pod', 'pods', 'po'],
  deployment: ['deployment', 'deployments', 'deploy'],
  replicaset: ['replicaset', 'replicasets', 'rs'],
  statefulset: ['statefulset', 'statefulsets', 'sts'],
  daemonset: ['daemonset', 'daemonsets', 'ds'],
  job: ['job', 'jobs'],
  cronjob: ['cronjob', 'cronjobs', 'cj'],
  service: ['service', 'services', 'svc'],
};

const GROUPS: Readonly<Record<TargetKind, string>> = {
  pod: '',
  deployment: 'apps',
  replicaset: 'apps',
  statefulset: 'apps',
  daemonset: 'apps',
  job: 'batch',
  cronjob: 'batch',
  service: '',
};

const KINDS_TEXT = 'pod, deploy, sts, ds, rs, job, cronjob, svc';

/** Reads a kind as kubectl does: any case, with or without its group (`deployments.apps`, `deployments.v1.apps`). */
export const kindOf = (word: string): TargetKind | undefined => {
  const [first = '', ...rest] = word.toLowerCase().split('.');
  const kind = TARGET_KINDS.find((candidate) => ALIASES[candidate].includes(first));
  if (kind === undefined || rest.length === 0) return kind;
  const group = (rest.length > 1 && /^v\d/.test(rest[0] ?? '') ? rest.slice(1) : rest).join('.');
  return group === GROUPS[kind] ? kind : undefined;
};

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Why `name` is no RFC 1123 name, or undefined when it is one. `label`: no dots, at most 63 characters; `host`: one that DNS can look up, so
 * each of its parts has at most 63.
 */
export const nameFault = (name: string, form: 'label' | 'subdomain' | 'host'): string | undefined => {
  const longest = form === 'label' ? 63 : 253;
  if (name === '') return 'it is empty';
  if (name.length > longest) return `it has ${name.length} characters, and at most ${longest} are allowed`;
  const parts = form === 'label' ? [name] : name.split('.');
  if (form === 'host' && parts.some((part) => part.length > 63))
    return 'a part of it has more than 63 characters';
  if (parts.every((part) => LABEL.test(part))) return undefined;
  const lower = name.toLowerCase();
  if (lower !== name && nameFault(lower, form) === undefined)
    return `names are lower case: did you mean ${lower}?`;
  return form === 'label'
    ? 'names are lower-case letters, digits and -, and begin and end with a letter or digit'
    : 'names are lower-case letters, digits, - and ., and begin and end with a letter or digit';
};

const checkedName = (kind: TargetKind, name: string): string => {
  if (name === '') throw usageError('bad-name', `which ${kind}? the name is missing`);
  const fault = nameFault(name, kind === 'service' ? 'label' : 'subdomain');
  if (fault !== undefined)
    throw usageError('bad-name', `"${name}" cannot be the name of a ${kind}`, {
      reason: fault,
      next: [kind === 'pod' ? 'kubectl get pods' : `kubectl get ${kind}s`],
    });
  return name;
};

const unknownKind = (word: string): Error => {
  const meant = closest(word.toLowerCase(), Object.values(ALIASES).flat());
  return usageError('unknown-kind', `"${word}" is no kind that leads to a pod`, {
    reason: `${meant === undefined ? '' : `did you mean ${meant}? `}these do: ${KINDS_TEXT}`,
  });
};

export interface ReadTarget {
  readonly target: string;
  readonly ref: TargetRef;
}

/** Throws a UserError (exit status 2) where the words name no pod or owner of pods, or more than one. */
export const readTarget = (words: readonly string[]): ReadTarget => {
  const [first = '', second, ...more] = words;
  const slash = first.indexOf('/');
  if (slash !== -1 && second === undefined) {
    const kind = kindOf(first.slice(0, slash));
    if (kind === undefined) throw unknownKind(first.slice(0, slash));
    return { target: first, ref: { kind, name: checkedName(kind, first.slice(slash + 1)) } };
  }
  if (second === undefined) return { target: first, ref: { kind: 'pod', name: checkedName('pod', first) } };
  const kind = slash === -1 && more.length === 0 ? kindOf(first) : undefined;
  if (kind === undefined)
    throw usageError('too-many-arguments', `one pod at a time: got ${words.join(' ')}`, {
      next: [`kubectl netcheck ${kindOf(first) === undefined ? first : `${first}/${second}`}`, HELP],
    });
  return { target: `${first}/${second}`, ref: { kind, name: checkedName(kind, second) } };
};
