/** Whether there is anything to enter, and whether we may: decided before anything changes. Pure. */
import type { Entry } from './model/entry.ts';
import type { Evidence, MissingRight } from './model/evidence.ts';
import type { Pod } from './model/kubernetes.ts';

/**
 * Why nothing could run in this pod, or undefined. The API server accepts one into pods that have finished or
 * are not scheduled; it then never runs, and stays in the pod for good.
 */
export const unusable = (pod: Pod): string | undefined => {
  const { phase, podIP } = pod.status;
  if (pod.metadata.deletionTimestamp !== undefined) return 'the pod is being deleted';
  if (phase === 'Succeeded' || phase === 'Failed') return `the pod has finished (${phase})`;
  if (pod.spec.os?.name === 'windows') return 'it is a Windows pod';
  if (pod.spec.nodeName === undefined) return 'the pod is not scheduled to a node';
  if (podIP === undefined || podIP === '') return 'the pod has no address yet';
  return undefined;
};

const isStatic = (pod: Pod): boolean =>
  pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

const closed = (why: 'pod-unusable' | 'api-unavailable', detail: string): Entry => ({
  state: 'not-attempted',
  why,
  detail,
});
const denied = (missing: readonly MissingRight[]): Entry => ({
  state: 'not-attempted',
  why: 'access-denied',
  missing: [...missing],
});

/** `ephemeral`: why the pod takes no ephemeral container of ours, although it may be entered in another way. */
export type Gate =
  | { readonly entry: Entry }
  | { readonly pod: Pod; readonly closed: { readonly ephemeral?: Entry } };

/** @param missing of the rights that an ephemeral container needs. */
export const gate = (pod: Evidence['pod'], missing: readonly MissingRight[]): Gate => {
  switch (pod.state) {
    case 'absent':
      return { entry: closed('pod-unusable', 'the pod does not exist') };
    case 'failed':
      return { entry: closed('api-unavailable', pod.reason) };
    case 'not-asked':
      return { entry: closed('api-unavailable', 'the pod was not read') };
    case 'forbidden':
      return { entry: denied([pod.right, ...missing]) };
    case 'known': {
      const { value } = pod;
      const reason = unusable(value);
      if (reason !== undefined) return { entry: closed('pod-unusable', reason) };
      if (isStatic(value))
        return { pod: value, closed: { ephemeral: closed('pod-unusable', 'it is a static pod') } };
      return { pod: value, closed: missing.length === 0 ? {} : { ephemeral: denied(missing) } };
    }
  }
};
