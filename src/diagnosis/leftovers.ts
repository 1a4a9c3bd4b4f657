/** Ephemeral containers that were in the pod before ours: they cannot be removed. */
import type { Evidence } from '../model/evidence.ts';

/** Those of `names` that are earlier ephemeral containers of the pod. */
export const leftoversIn = (
  names: readonly string[],
  ours: string,
  pod: Evidence['pod'],
): readonly string[] => {
  if (pod.state !== 'known') return [];
  const earlier = (pod.value.spec.ephemeralContainers ?? []).map(({ name }) => name);
  return names.filter((name) => name !== ours && earlier.includes(name));
};
