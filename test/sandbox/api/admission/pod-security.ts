/** Pod Security admission: the namespace's label decides, the whole pod is judged. */
import type { KubeObject } from '../../contract.ts';
import type { Loose } from '../json.ts';
import { forbidden } from '../status.ts';
import { BASELINE, type PodView, RESTRICTED } from './pod-security-checks.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WARN = 'pod-security.kubernetes.io/warn';
const LEVELS: Readonly<Record<string, typeof BASELINE>> = {
  privileged: [],
  baseline: BASELINE,
  restricted: RESTRICTED,
};

const judge = (labels: Readonly<Record<string, string>>, label: string, pod: Loose): string | undefined => {
  const level = labels[label] ?? 'privileged';
  const { spec } = pod;
  const view: PodView = {
    spec,
    annotations: pod.metadata?.annotations ?? {},
    containers: [
      ...(spec.initContainers ?? []),
      ...(spec.containers ?? []),
      ...(spec.ephemeralContainers ?? []),
    ],
  };
  // An unknown level is judged as restricted, as the real admission does.
  const results = (LEVELS[level] ?? RESTRICTED).flatMap((check) => check(view) ?? []);
  if (results.length === 0) return undefined;
  const version = labels[`${label}-version`] ?? 'latest';
  const said = results.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');
  return `violates PodSecurity "${level}:${version}": ${said}`;
};

/** Throws 403 when the namespace enforces a level that the pod, as it would be stored, does not meet. */
export const enforcePodSecurity = (namespace: KubeObject | undefined, pod: Loose): void => {
  const problem = judge(namespace?.metadata.labels ?? {}, ENFORCE, pod);
  if (problem !== undefined)
    throw forbidden('', 'pods', pod.metadata.name || pod.metadata.generateName, problem);
};

/** What the namespace's warn label makes the API server say, for pods and pod templates. */
export const podSecurityWarning = (namespace: KubeObject | undefined, pod: Loose): string | undefined => {
  const labels = namespace?.metadata.labels ?? {};
  const problem = judge(labels, WARN, pod);
  return problem?.replace(/^violates/, 'would violate');
};
