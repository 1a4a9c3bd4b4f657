/** Whether there is anything to enter, and whether we may: decided before anything changes. Pure. */
import type { Entry } from './model/entry.ts';
import type { Evidence, MissingRight } from './model/evidence.ts';
import type { Pod } from './model/kubernetes.ts';

/**
 * Why an ephemeral container could not run in this pod, or undefined. The API server accepts one into pods that have finished or
 * are not scheduled; it then never runs, and stays in the pod for good.
 */
export const unusable = (pod: Pod): string | undefined => {
  const { phase, podIP } = pod.status;
  if (pod.metadata.deletionTimestamp !== undefined) return 'the pod is being deleted';
  if (phase === 'Succeeded' || phase === 'Failed') return `the pod has finished (${phase})`;
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return 'it is a static pod';
  if (pod.spec.os?.name === 'windows') return 'it is a Windows pod';
  if (pod.spec.nodeName === undefined) return 'the pod is not scheduled to a node';
  if (podIP === undefined || podIP === '') return 'the pod has no address yet';
  return undefined;
};

export const gate = (
  pod: Evidence['pod'],
  missing: readonly MissingRight[],
): { readonly pod: Pod } | { readonly entry: Entry } => {
  const closed = (why: 'pod-unusable' | 'api-unavailable', detail: string) =>
    ({ entry: { state: 'not-attempted', why, detail } }) as const;
  switch (pod.state) {
    case 'absent':
      return closed('pod-unusable', 'the pod does not exist');
    case 'failed':
      return closed('api-unavailable', pod.reason);
    case 'not-asked':
      return closed('api-unavailable', 'the pod was not read');
    case 'forbidden':
      return {
        entry: {
          state: 'not-attempted',
          why: 'access-denied',
          missing: [pod.right, ...missing],
        },
      };
    case 'known': {
      const reason = unusable(pod.value);
      if (reason !== undefined) return closed('pod-unusable', reason);
      if (missing.length > 0)
        return { entry: { state: 'not-attempted', why: 'access-denied', missing: [...missing] } };
      return { pod: pod.value };
    }
  }
};
