/** Owner references, and keys of objects for work queues. */
import type { Loose } from '../api/json.ts';
import type { KubeObject, Store } from '../contract.ts';

export const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

export const fromKey = (key: string): { readonly namespace: string; readonly name: string } => {
  const at = key.indexOf('/');
  return { namespace: key.slice(0, at), name: key.slice(at + 1) };
};

export const ownerReference = (owner: KubeObject): Loose => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

export const controllerOf = ({ metadata }: KubeObject) =>
  metadata.ownerReferences?.find((one) => one.controller);

/** Objects of a resource that this owner controls. */
export const ownedBy = (store: Store, resource: string, owner: KubeObject): readonly KubeObject[] =>
  store
    .list(resource, owner.metadata.namespace)
    .filter((object) => controllerOf(object)?.uid === owner.metadata.uid);

/** The key of the controlling owner of that kind, undefined when there is none. */
export const ownerKey = (object: KubeObject, kind: string): string | undefined => {
  const owner = controllerOf(object);
  return owner?.kind === kind ? `${object.metadata.namespace ?? ''}/${owner.name}` : undefined;
};

export const setStatus = (store: Store, resource: string, object: KubeObject, status: Loose): void => {
  store.update(resource, object.metadata.namespace, object.metadata.name, (current) => ({
    ...current,
    status: { ...current.status, ...status },
  }));
};
