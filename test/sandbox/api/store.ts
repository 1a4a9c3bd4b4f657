/** In-memory etcd: one counter for all writes, frozen objects, listeners called in the order of writes. */
import { randomUUID } from 'node:crypto';
import type { KubeObject, Store, StoreEvent } from '../contract.ts';
import { copy, deepEqual, freeze, type Loose } from './json.ts';
import { randomSuffix } from './names.ts';
import { storedResource } from './resources.ts';

/** Thrown by `create` when the object is there already. */
export class ObjectExistsError extends Error {
  constructor(resource: string, name: string) {
    super(`${resource} "${name}" already exists`);
    this.name = 'ObjectExistsError';
  }
}

/** RFC 3339 in whole seconds, as metav1.Time is written. */
export const timestamp = (date = new Date()): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

/** What generation counts: spec (a pod's binding to a node aside), or for kinds without one all but metadata. */
const specOf = (object: Loose): Loose => {
  if (object.kind === 'Pod') return { ...object.spec, nodeName: undefined };
  if ('spec' in object) return object.spec;
  const { metadata, status, ...rest } = object;
  return rest;
};

/** What a write must not change. */
const fixedMetadata = (object: Loose) => ({
  name: object.metadata.name,
  ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
  uid: object.metadata.uid,
  creationTimestamp: object.metadata.creationTimestamp,
});

export const createStore = (): Store => {
  const tables = new Map<string, Map<string, KubeObject>>();
  const listeners = new Set<(event: StoreEvent) => void>();
  const queue: StoreEvent[] = [];
  let version = 0;
  let announcing = false;

  const table = (resource: string) => {
    const found = tables.get(resource) ?? new Map<string, KubeObject>();
    tables.set(resource, found);
    return found;
  };
  // A listener that writes must not make others see the second write before the first.
  const announce = (event: StoreEvent) => {
    queue.push(event);
    if (announcing) return;
    announcing = true;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        for (const listener of [...listeners]) listener(next);
      }
    } finally {
      announcing = false;
    }
  };
  const put = (type: StoreEvent['type'], resource: string, object: Loose): KubeObject => {
    version += 1;
    object.metadata.resourceVersion = String(version);
    const frozen = freeze(object);
    const key = keyOf(frozen.metadata.namespace, frozen.metadata.name);
    if (type === 'DELETED') table(resource).delete(key);
    else table(resource).set(key, frozen);
    announce({ type, resource, object: frozen });
    return frozen;
  };

  return {
    get: (resource, namespace, name) => tables.get(resource)?.get(keyOf(namespace, name)),
    list: (resource, namespace) => {
      const all = [...(tables.get(resource)?.values() ?? [])].filter(
        (object) => namespace === undefined || object.metadata.namespace === namespace,
      );
      // etcd lists by key: namespace, then name.
      return all.sort((left, right) => {
        const a = keyOf(left.metadata.namespace, left.metadata.name);
        const b = keyOf(right.metadata.namespace, right.metadata.name);
        return a < b ? -1 : a > b ? 1 : 0;
      });
    },
    create: (resource, object) => {
      const created = copy(object);
      const prefix = created.metadata.generateName;
      if (!created.metadata.name && prefix) created.metadata.name = `${prefix}${randomSuffix()}`;
      if (table(resource).has(keyOf(created.metadata.namespace, created.metadata.name))) {
        throw new ObjectExistsError(resource, created.metadata.name);
      }
      created.metadata.uid ??= randomUUID();
      created.metadata.creationTimestamp ??= timestamp();
      if (storedResource(resource)?.generation) created.metadata.generation ??= 1;
      return put('ADDED', resource, created);
    },
    update: (resource, namespace, name, change) => {
      const before = tables.get(resource)?.get(keyOf(namespace, name));
      if (before === undefined) return undefined;
      const after = copy(change(copy(before)));
      Object.assign(after.metadata, fixedMetadata(before));
      after.metadata.resourceVersion = before.metadata.resourceVersion;
      if (before.metadata.generation !== undefined) {
        const changed = !deepEqual(specOf(before), specOf(after));
        after.metadata.generation = before.metadata.generation + (changed ? 1 : 0);
      }
      // As in etcd3: a write that changes nothing is no write.
      if (deepEqual(before, after)) return before;
      return put('MODIFIED', resource, after);
    },
    delete: (resource, namespace, name) => {
      const before = tables.get(resource)?.get(keyOf(namespace, name));
      return before === undefined ? undefined : put('DELETED', resource, copy(before));
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get resourceVersion() {
      return String(version);
    },
  };
};
