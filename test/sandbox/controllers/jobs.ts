/** Job → pods until enough have succeeded or too many have failed. */
import type { Loose } from '../api/json.ts';
import { timestamp } from '../api/store.ts';
import type { Store } from '../contract.ts';
import { fromKey, ownedBy, setStatus } from './owners.ts';
import { createPod, deletePod, isActive, isReady } from './pods.ts';

const finished = (type: 'Complete' | 'Failed', reason: string, message: string): Loose => ({
  type,
  status: 'True',
  lastProbeTime: timestamp(),
  lastTransitionTime: timestamp(),
  reason,
  message,
});

export const reconcileJob = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const job = store.get('jobs', namespace, name);
  if (job === undefined || job.metadata.deletionTimestamp !== undefined || job.spec.suspend) return;
  const { completions = 1, parallelism = 1, backoffLimit = 6 } = job.spec;
  const done = (job.status?.conditions ?? []).some((one: Loose) => one.status === 'True');
  const pods = ownedBy(store, 'pods', job);
  const inPhase = (phase: string) => pods.filter((pod) => pod.status?.phase === phase).length;
  const succeeded = inPhase('Succeeded');
  const failed = inPhase('Failed');
  const active = pods.filter(isActive);
  const startTime = job.status?.startTime ?? timestamp();
  const counts = { startTime, succeeded: succeeded || undefined, failed: failed || undefined };
  if (done) return;
  if (succeeded >= completions) {
    const conditions = [
      finished('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods'),
    ];
    setStatus(store, 'jobs', job, {
      ...counts,
      active: undefined,
      ready: 0,
      completionTime: timestamp(),
      conditions,
    });
    return;
  }
  if (failed > backoffLimit) {
    for (const pod of active) deletePod(store, pod);
    const conditions = [
      finished('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'),
    ];
    setStatus(store, 'jobs', job, { ...counts, active: undefined, ready: 0, conditions });
    return;
  }
  const wanted = Math.min(parallelism, completions - succeeded);
  for (let missing = wanted - active.length; missing > 0; missing -= 1) {
    if (createPod(store, job, 'job-controller') === undefined) break;
  }
  const now = ownedBy(store, 'pods', job).filter(isActive);
  setStatus(store, 'jobs', job, {
    ...counts,
    active: now.length || undefined,
    ready: now.filter(isReady).length,
  });
};
