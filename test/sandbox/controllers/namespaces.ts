/** Namespaces: what a new one is given, and the emptying of one that is deleted. */
import { removeFromStore } from '../api/remove.ts';
import { RESOURCES } from '../api/resources.ts';
import type { KubeObject, Store } from '../contract.ts';

/** Service account `default` and the ConfigMap with the cluster's CA. */
const furnish = (store: Store, namespace: string, caPem: string): void => {
  const ensure = (resource: string, object: KubeObject) => {
    if (store.get(resource, namespace, object.metadata.name) === undefined) store.create(resource, object);
  };
  ensure('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  });
  ensure('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace },
    data: { 'ca.crt': caPem },
  });
};

/** Pods may take their time; what makes them goes first, so that they do not come back. */
const PODS_LAST = [
  ...new Set(RESOURCES.filter((one) => one.namespaced && one.stored && one.group !== 'events.k8s.io')),
].sort((left, right) => Number(left.plural === 'pods') - Number(right.plural === 'pods'));

const empty = (store: Store, namespace: string): boolean => {
  for (const resource of PODS_LAST) {
    for (const object of store.list(resource.plural, namespace)) {
      if (object.metadata.deletionTimestamp === undefined) removeFromStore(store, resource, object);
    }
  }
  return PODS_LAST.every((resource) => store.list(resource.plural, namespace).length === 0);
};

export const reconcileNamespace = (store: Store, name: string, caPem: string): void => {
  const namespace = store.get('namespaces', undefined, name);
  if (namespace === undefined) return;
  if (namespace.metadata.deletionTimestamp === undefined) furnish(store, name, caPem);
  else if (empty(store, name)) store.delete('namespaces', undefined, name);
};
