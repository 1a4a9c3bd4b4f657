/** StatefulSet → pods NAME-0, NAME-1 …, one after the other unless the policy is Parallel. */
import type { KubeObject, Store } from '../contract.ts';
import { fromKey, ownedBy, setStatus } from './owners.ts';
import { createPod, deletePod, isFinished, isGoing, isReady } from './pods.ts';

const ordinalOf = ({ metadata }: KubeObject): number => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? -1);

export const reconcileStatefulSet = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const set = store.get('statefulsets', namespace, name);
  if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
  const wanted: number = set.spec.replicas ?? 1;
  const inTurn = set.spec.podManagementPolicy !== 'Parallel';
  const pods = () => ownedBy(store, 'pods', set);
  for (const pod of pods()) if (isFinished(pod) && !isGoing(pod)) deletePod(store, pod);
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const podName = `${name}-${ordinal}`;
    const existing = store.get('pods', namespace, podName);
    if (existing === undefined) {
      const labels = {
        'apps.kubernetes.io/pod-index': String(ordinal),
        'statefulset.kubernetes.io/pod-name': podName,
      };
      const subdomain = set.spec.serviceName;
      const spec = { hostname: podName, ...(subdomain ? { subdomain } : {}) };
      createPod(store, set, 'statefulset-controller', { name: podName, labels, spec });
    }
    if (inTurn && (existing === undefined || !isReady(existing))) break;
  }
  const surplus = pods().filter((pod) => ordinalOf(pod) >= wanted);
  const last = [...surplus].sort((left, right) => ordinalOf(right) - ordinalOf(left));
  for (const pod of inTurn ? last.slice(0, 1) : last) deletePod(store, pod);
  const now = pods();
  const ready = now.filter(isReady).length;
  setStatus(store, 'statefulsets', set, {
    observedGeneration: set.metadata.generation,
    replicas: now.length,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: now.length,
    updatedReplicas: now.length,
    collisionCount: 0,
  });
};
