/** Delete: pods gracefully (the kubelet ends them), namespaces by their controller, owners with or without what they own. */
import type { KubeObject, Store } from '../contract.ts';
import { isDryRun, type ResourceCall, storedIn } from './api.ts';
import type { Loose } from './json.ts';
import type { Resource } from './resources.ts';
import { conflict, notFound } from './status.ts';
import { timestamp } from './store.ts';

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  readonly orphanDependents?: boolean;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

const graceOf = (pod: KubeObject, options: DeleteOptions): number => {
  const finished = ['Succeeded', 'Failed'].includes(pod.status?.phase);
  if (!pod.spec.nodeName || finished) return 0;
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
};

/** Marks it as going; whoever holds it (kubelet, controller, finalizer) lets it go. */
const mark = (store: Store, resource: Resource, object: KubeObject, change: (object: Loose) => void) =>
  store.update(resource.plural, object.metadata.namespace, object.metadata.name, (current: Loose) => {
    change(current);
    return current;
  });

/** Deletes an object as the API does. Returns it while it is still going, undefined once it is gone. */
export const removeFromStore = (
  store: Store,
  resource: Resource,
  object: KubeObject,
  options: DeleteOptions = {},
): KubeObject | undefined => {
  const policy = options.propagationPolicy ?? (options.orphanDependents ? 'Orphan' : undefined);
  if (resource.plural === 'pods') {
    const grace = graceOf(object, options);
    if (grace > 0) {
      return mark(store, resource, object, ({ metadata }) => {
        const until = new Date(Date.now() + grace * 1000);
        metadata.deletionTimestamp ??= timestamp(until);
        metadata.deletionGracePeriodSeconds = grace;
      });
    }
  }
  if (resource.plural === 'namespaces') {
    return mark(store, resource, object, (current) => {
      current.metadata.deletionTimestamp ??= timestamp();
      current.status = { ...current.status, phase: 'Terminating' };
    });
  }
  const extra = policy === 'Foreground' ? [FOREGROUND] : policy === 'Orphan' ? [ORPHAN] : [];
  const metadata: Loose = object.metadata;
  const finalizers: string[] = [...(metadata.finalizers ?? []), ...extra];
  if (finalizers.length > 0) {
    return mark(store, resource, object, (current) => {
      current.metadata.deletionTimestamp ??= timestamp();
      current.metadata.deletionGracePeriodSeconds = 0;
      current.metadata.finalizers = [...new Set(finalizers)];
    });
  }
  store.delete(resource.plural, object.metadata.namespace, object.metadata.name);
  return undefined;
};

/** Options come in the body; two of them may stand in the query instead. */
const optionsOf = ({ query }: ResourceCall, body: Loose): DeleteOptions => {
  const policy = query.get('propagationPolicy');
  const grace = query.get('gracePeriodSeconds');
  return {
    ...(policy === 'Orphan' || policy === 'Background' || policy === 'Foreground'
      ? { propagationPolicy: policy }
      : {}),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...body,
  };
};

const checkPreconditions = (resource: Resource, { metadata }: KubeObject, options: DeleteOptions): void => {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const wrong =
    uid !== undefined && uid !== metadata.uid
      ? `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`
      : resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion
        ? `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`
        : undefined;
  if (wrong !== undefined) throw conflict(resource.group, resource.plural, metadata.name, wrong);
};

/** Deletes by name. Returns the object while it is still going, undefined once it is gone. */
export const deleteObject = (
  call: ResourceCall,
  body: Loose,
): { readonly before: KubeObject; readonly remaining: KubeObject | undefined } => {
  const { resource, info, api } = call;
  const options = optionsOf(call, body);
  const before = api.store.get(resource.plural, storedIn(call), info.name ?? '');
  if (before === undefined) throw notFound(resource.group, resource.plural, info.name ?? '');
  checkPreconditions(resource, before, options);
  if (isDryRun(call.query) || options.dryRun?.includes('All')) return { before, remaining: undefined };
  return { before, remaining: removeFromStore(api.store, resource, before, options) };
};

/** Deletes each of a list; returns them as they were. */
export const deleteCollection = (call: ResourceCall, objects: readonly KubeObject[], body: Loose): void => {
  const options = optionsOf(call, body);
  if (isDryRun(call.query) || options.dryRun?.includes('All')) return;
  for (const object of objects) removeFromStore(call.api.store, call.resource, object, options);
};
