/** Garbage collection by ownerReferences: what has lost all its owners goes; owners that wait for their dependents are let go. */
import type { Loose } from '../api/json.ts';
import { removeFromStore } from '../api/remove.ts';
import { RESOURCES, resourceOfKind } from '../api/resources.ts';
import type { KubeObject, Store } from '../contract.ts';

const STORED = RESOURCES.filter((one) => one.stored && one.group !== 'events.k8s.io');

const dependentsOf = (store: Store, owner: KubeObject) =>
  STORED.flatMap((resource) =>
    store
      .list(resource.plural, owner.metadata.namespace)
      .filter((object) => object.metadata.ownerReferences?.some((one) => one.uid === owner.metadata.uid))
      .map((object) => ({ resource, object })),
  );

const hasOwner = (store: Store, object: KubeObject): boolean =>
  (object.metadata.ownerReferences ?? []).some((reference) => {
    const resource = resourceOfKind(reference.apiVersion, reference.kind);
    // An owner of a kind that is not served here cannot be looked up: it is taken to be there.
    if (resource === undefined) return true;
    const namespace = resource.namespaced ? object.metadata.namespace : undefined;
    return store.get(resource.plural, namespace, reference.name)?.metadata.uid === reference.uid;
  });

const finalizersOf = ({ metadata }: Loose): readonly string[] => metadata.finalizers ?? [];

const release = (store: Store, resource: string, object: KubeObject, finalizer: string): void => {
  const { namespace, name } = object.metadata;
  const left = finalizersOf(object).filter((one) => one !== finalizer);
  if (left.length === 0) store.delete(resource, namespace, name);
  else
    store.update(resource, namespace, name, (one: Loose) => ({
      ...one,
      metadata: { ...one.metadata, finalizers: left },
    }));
};

const orphan = (store: Store, resource: string, object: KubeObject, owner: KubeObject): void => {
  store.update(resource, object.metadata.namespace, object.metadata.name, (current) => ({
    ...current,
    metadata: {
      ...current.metadata,
      ownerReferences: (current.metadata.ownerReferences ?? []).filter(
        (one) => one.uid !== owner.metadata.uid,
      ),
    },
  }));
};

/** Looks at everything; the sandbox holds few objects. */
export const collectGarbage = (store: Store): void => {
  for (const resource of STORED) {
    for (const object of store.list(resource.plural)) {
      const finalizers = finalizersOf(object);
      if (object.metadata.deletionTimestamp !== undefined && finalizers.includes('orphan')) {
        for (const one of dependentsOf(store, object)) orphan(store, one.resource.plural, one.object, object);
        release(store, resource.plural, object, 'orphan');
      }
      if (object.metadata.deletionTimestamp !== undefined && finalizers.includes('foregroundDeletion')) {
        const dependents = dependentsOf(store, object);
        for (const one of dependents) {
          if (one.object.metadata.deletionTimestamp === undefined)
            removeFromStore(store, one.resource, one.object);
        }
        if (dependentsOf(store, object).length === 0)
          release(store, resource.plural, object, 'foregroundDeletion');
      }
      const owned = (object.metadata.ownerReferences?.length ?? 0) > 0;
      if (owned && object.metadata.deletionTimestamp === undefined && !hasOwner(store, object)) {
        removeFromStore(store, resource, object);
      }
    }
  }
};
