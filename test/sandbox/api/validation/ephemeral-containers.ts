/** What an ephemeral container must not be. Source: pkg/apis/core/validation/validation.go, and shared/api/transcripts.jsonl. */
import { deepEqual, type Loose } from '../json.ts';
import { labelProblem } from '../names.ts';
import type { FieldProblem } from '../status.ts';

/** Fields of Container that an ephemeral one has not; an empty value counts as unset. */
const NOT_ALLOWED = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resources',
  'resizePolicy',
] as const;

const isSet = (value: Loose): boolean =>
  value !== undefined && value !== null && Object.keys(value).length > 0;

const nameProblems = (container: Loose, others: ReadonlySet<string>, at: string): readonly FieldProblem[] => {
  if (!container.name) return [{ type: 'required', field: `${at}.name` }];
  const bad = labelProblem(container.name);
  if (bad !== undefined)
    return [{ type: 'invalid', field: `${at}.name`, value: container.name, detail: bad }];
  return others.has(container.name)
    ? [{ type: 'duplicate', field: `${at}.name`, value: container.name }]
    : [];
};

const containerProblems = (spec: Loose, container: Loose, others: ReadonlySet<string>, at: string) => {
  const problems: FieldProblem[] = [...nameProblems(container, others, at)];
  if (!container.image) problems.push({ type: 'required', field: `${at}.image` });
  else if (container.image.trim() !== container.image) {
    const detail = 'must not have leading or trailing whitespace';
    problems.push({ type: 'invalid', field: `${at}.image`, value: container.image, detail });
  }
  for (const field of NOT_ALLOWED) {
    if (!isSet(container[field])) continue;
    const detail = 'cannot be set for an Ephemeral Container';
    problems.push({ type: 'forbidden', field: `${at}.${field}`, detail });
  }
  const target = container.targetContainerName;
  const targets = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((one: Loose) => one.name);
  if (target && !targets.includes(target)) {
    problems.push({ type: 'notFound', field: `${at}.targetContainerName`, value: target });
  }
  const mounts: readonly Loose[] = container.volumeMounts ?? [];
  mounts.forEach((mount, index) => {
    const field = `${at}.volumeMounts[${index}]`;
    const volumes: readonly Loose[] = spec.volumes ?? [];
    if (!volumes.some((volume) => volume.name === mount.name)) {
      problems.push({ type: 'notFound', field: `${field}.name`, value: mount.name });
    }
    for (const key of ['subPath', 'subPathExpr']) {
      if (!mount[key]) continue;
      const detail = 'cannot be set for an Ephemeral Container';
      problems.push({ type: 'forbidden', field: `${field}.${key}`, detail });
    }
  });
  return problems;
};

/** Existing ones stay for ever, as they are. The line break at the end is part of the recorded message. */
const changeProblems = (before: readonly Loose[], after: readonly Loose[]): readonly FieldProblem[] => {
  return before.flatMap((old): FieldProblem[] => {
    const now = after.find((one) => one.name === old.name);
    const what = now === undefined ? 'removed' : deepEqual(now, old) ? undefined : 'changed';
    if (what === undefined) return [];
    const detail = `existing ephemeral containers ${JSON.stringify(old.name)} may not be ${what}\n`;
    return [{ type: 'forbidden', field: 'spec.ephemeralContainers', detail }];
  });
};

/** Everything wrong with the ephemeral containers of `after`, the pod as it would be stored. */
export const ephemeralContainerProblems = (before: Loose, after: Loose): readonly FieldProblem[] => {
  const { spec } = after;
  const all: readonly Loose[] = spec.ephemeralContainers ?? [];
  const own = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((one: Loose) => one.name);
  const taken = new Set<string>(own);
  const problems = all.flatMap((container, index) => {
    const found = containerProblems(spec, container, taken, `spec.ephemeralContainers[${index}]`);
    taken.add(container.name);
    return found;
  });
  return [...problems, ...changeProblems(before.spec.ephemeralContainers ?? [], all)];
};

export const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
/** Static pods cannot be changed through the API. */
export const mirrorPodProblems = (pod: Loose): readonly FieldProblem[] =>
  pod.metadata.annotations?.[MIRROR_ANNOTATION] === undefined
    ? []
    : [{ type: 'forbidden', field: '', detail: 'static pods do not support ephemeral containers' }];
