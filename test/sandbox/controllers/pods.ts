/** Pods that controllers make and end: through the same defaults and admission as those of users. */
import { enforcePodSecurity } from '../api/admission/pod-security.ts';
import { applyDefaults } from '../api/defaults/index.ts';
import { copy, type Loose } from '../api/json.ts';
import { randomSuffix } from '../api/names.ts';
import { removeFromStore } from '../api/remove.ts';
import { storedResource } from '../api/resources.ts';
import { ApiError } from '../api/status.ts';
import type { KubeObject, Store } from '../contract.ts';
import { recordEvent } from './events.ts';
import { ownerReference } from './owners.ts';

export const isFinished = (pod: KubeObject): boolean => ['Succeeded', 'Failed'].includes(pod.status?.phase);
export const isGoing = (pod: KubeObject): boolean => pod.metadata.deletionTimestamp !== undefined;
export const isActive = (pod: KubeObject): boolean => !isFinished(pod) && !isGoing(pod);
export const isReady = (pod: KubeObject): boolean =>
  (pod.status?.conditions ?? []).some((one: Loose) => one.type === 'Ready' && one.status === 'True');

/** Creates one of the owner's pods; without a name it gets `OWNER-xxxxx`. Refusals become an event, and undefined. */
export const createPod = (
  store: Store,
  owner: KubeObject,
  component: string,
  change: {
    readonly name?: string;
    readonly labels?: Loose;
    readonly spec?: Loose;
    readonly annotations?: Loose;
  } = {},
): KubeObject | undefined => {
  const { template } = owner.spec;
  const name = change.name ?? `${owner.metadata.name}-${randomSuffix()}`;
  const labels = { ...template.metadata?.labels, ...change.labels };
  const annotations = { ...template.metadata?.annotations, ...change.annotations };
  const pod: Loose = copy({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(change.name === undefined ? { generateName: `${owner.metadata.name}-` } : {}),
      namespace: owner.metadata.namespace,
      labels,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...template.spec, ...change.spec },
  });
  applyDefaults(pod);
  try {
    enforcePodSecurity(store.get('namespaces', undefined, owner.metadata.namespace ?? ''), pod);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Error creating: ${error.message}`;
    recordEvent(store, owner, { component, type: 'Warning', reason: 'FailedCreate', message });
    return undefined;
  }
  const created = store.create('pods', pod);
  const message = `Created pod: ${name}`;
  recordEvent(store, owner, { component, type: 'Normal', reason: 'SuccessfulCreate', message });
  return created;
};

export const deletePod = (store: Store, pod: KubeObject): void => {
  const resource = storedResource('pods');
  if (resource !== undefined && !isGoing(pod)) removeFromStore(store, resource, pod);
};
