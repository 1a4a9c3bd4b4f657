/** What the store held when the cluster was new, and the way back there: the forgetting between two scenarios. */
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, Store } from '../contract.ts';

export interface Snapshot {
  /** Deletes what has come since, brings back what has gone or changed; the controllers then make what derives from it. */
  readonly restore: () => void;
  /** Takes the derived objects as they are now for the untouched ones. */
  readonly rebase: () => void;
}

/** Made by controllers and the kubelet from the others: never brought back here, only cleared of what a scenario did. */
const DERIVED = ['replicasets', 'pods', 'endpoints', 'endpointslices'];
/** Owners before what they own, so that nothing is made again meanwhile; namespaces last. */
const FIRST = [
  'cronjobs',
  'deployments',
  'statefulsets',
  'daemonsets',
  'jobs',
  'replicasets',
  'pods',
  'services',
];
const LAST = ['namespaces'];

const rank = (resource: string) => {
  const first = FIRST.indexOf(resource);
  if (first >= 0) return first;
  return LAST.includes(resource) ? FIRST.length + 1 : FIRST.length;
};

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Without what every write changes. Status counts where nobody but a scenario would change it. */
const essence = (resource: string, object: KubeObject): unknown => {
  const { resourceVersion, generation, ...metadata } = object.metadata;
  const { status, ...rest } = object;
  const statusCounts = resource === 'nodes' || resource === 'services';
  return { ...rest, metadata, ...(statusCounts ? { status } : {}) };
};

const readyPod = (object: KubeObject): boolean =>
  object.metadata.deletionTimestamp === undefined &&
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  object.status?.conditions?.some((one: any) => one.type === 'Ready' && one.status === 'True');

export const takeSnapshot = (store: Store, resources: () => Iterable<string>): Snapshot => {
  const kept = new Map<string, ReadonlyMap<string, KubeObject>>();
  const keep = (resource: string) =>
    kept.set(resource, new Map(store.list(resource).map((object) => [keyOf(object), object])));
  for (const resource of resources()) if (resource !== 'events') keep(resource);

  const serviceOf = ({ metadata }: KubeObject) =>
    `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name'] ?? metadata.name}`;
  const isForeign = (resource: string, object: KubeObject): boolean => {
    const old = kept.get(resource)?.get(keyOf(object));
    switch (resource) {
      case 'pods':
        return (
          old === undefined ||
          old.metadata.uid !== object.metadata.uid ||
          !readyPod(object) ||
          !isDeepStrictEqual(essence(resource, old), essence(resource, object))
        );
      case 'endpoints':
      case 'endpointslices':
        return kept.get('services')?.has(serviceOf(object)) !== true;
      default:
        return old === undefined;
    }
  };
  const forget = (resource: string) => {
    for (const object of store.list(resource)) {
      const { namespace, name } = object.metadata;
      if (isForeign(resource, object)) store.delete(resource, namespace, name);
    }
  };
  const bringBack = (resource: string) => {
    for (const [, old] of kept.get(resource) ?? []) {
      const { namespace, name } = old.metadata;
      // The endpoints of default/kubernetes have no controller.
      if (DERIVED.includes(resource) && (!resource.startsWith('endpoint') || name !== 'kubernetes')) continue;
      const { resourceVersion, ...metadata } = old.metadata;
      const now = store.get(resource, namespace, name);
      if (now === undefined) store.create(resource, { ...old, metadata });
      else if (!isDeepStrictEqual(essence(resource, old), essence(resource, now))) {
        store.update(resource, namespace, name, () => old);
      }
    }
  };

  return {
    restore: () => {
      const all = [...new Set([...resources(), ...kept.keys()])].sort(
        (left, right) => rank(left) - rank(right),
      );
      for (const resource of all) forget(resource);
      for (const resource of [...all].reverse()) bringBack(resource);
    },
    rebase: () => {
      for (const resource of DERIVED) keep(resource);
    },
  };
};
