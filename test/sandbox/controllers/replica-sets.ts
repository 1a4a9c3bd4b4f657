/** ReplicaSet → pods: makes up the number, adopts pods that match and have no owner, ends what is too many. */
import { selects } from '../api/selectors.ts';
import type { KubeObject, Store } from '../contract.ts';
import { controllerOf, fromKey, ownedBy, ownerReference, setStatus } from './owners.ts';
import { createPod, deletePod, isActive, isReady } from './pods.ts';

const adopt = (store: Store, set: KubeObject): void => {
  for (const pod of store.list('pods', set.metadata.namespace)) {
    const mine = selects(set.spec.selector, pod.metadata.labels) && isActive(pod);
    if (!mine || controllerOf(pod) !== undefined) continue;
    // A pod that another object owns without controlling it is left alone.
    if ((pod.metadata.ownerReferences?.length ?? 0) > 0) continue;
    store.update('pods', pod.metadata.namespace, pod.metadata.name, (current) => ({
      ...current,
      metadata: { ...current.metadata, ownerReferences: [ownerReference(set)] },
    }));
  }
};

/** Those that go first: not scheduled, not ready, youngest. */
const leastUseful = (pods: readonly KubeObject[]): readonly KubeObject[] => {
  const rank = (pod: KubeObject) => (pod.spec.nodeName ? 2 : 0) + (isReady(pod) ? 1 : 0);
  return [...pods].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      Date.parse(right.metadata.creationTimestamp ?? '') - Date.parse(left.metadata.creationTimestamp ?? ''),
  );
};

export const reconcileReplicaSet = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const set = store.get('replicasets', namespace, name);
  if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
  adopt(store, set);
  const wanted: number = set.spec.replicas ?? 1;
  const active = ownedBy(store, 'pods', set).filter(isActive);
  for (let missing = wanted - active.length; missing > 0; missing -= 1) {
    if (createPod(store, set, 'replicaset-controller') === undefined) break;
  }
  for (const pod of leastUseful(active).slice(0, Math.max(0, active.length - wanted))) deletePod(store, pod);
  const now = ownedBy(store, 'pods', set).filter(isActive);
  const ready = now.filter(isReady).length;
  setStatus(store, 'replicasets', set, {
    replicas: now.length,
    fullyLabeledReplicas: now.length,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: set.metadata.generation,
  });
};
