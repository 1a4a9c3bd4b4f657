/** Create and update: namespace, defaults, admission, validation, then the store. */
import type { KubeObject } from '../contract.ts';
import { enforcePodSecurity } from './admission/pod-security.ts';
import { allocateService } from './allocation/service.ts';
import type { ResourceCall } from './api.ts';
import { isDryRun, storedIn } from './api.ts';
import { applyDefaults } from './defaults/index.ts';
import { admissionFault } from './faults.ts';
import { copy, deepEqual, type Loose } from './json.ts';
import { randomSuffix } from './names.ts';
import { ApiError, alreadyExists, badRequest, conflict, failure, invalid, notFound } from './status.ts';
import { ObjectExistsError, timestamp } from './store.ts';
import { restrictUpdate } from './strategy.ts';
import { ephemeralContainerProblems, mirrorPodProblems } from './validation/ephemeral-containers.ts';
import { validate } from './validation/index.ts';

const CHANGED_MEANWHILE =
  'the object has been modified; please apply your changes to the latest version and try again';

const admitNamespace = ({ api, resource, info }: ResourceCall, name: string): void => {
  if (!resource.namespaced) return;
  const namespace = info.namespace ?? '';
  const found = api.store.get('namespaces', undefined, namespace);
  if (found === undefined) throw notFound('', 'namespaces', namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const message = `${resource.plural} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`;
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ];
  throw new ApiError(failure(403, 'Forbidden', message, { name, kind: resource.plural, causes }));
};

const admit = (call: ResourceCall, object: Loose): void => {
  const { resource, info, api } = call;
  const name = object.metadata.name ?? info.name ?? '';
  admissionFault(call.faults, { group: resource.group, resource: resource.plural, name });
  if (object.kind !== 'Pod' || info.subresource === 'status') return;
  enforcePodSecurity(api.store.get('namespaces', undefined, info.namespace ?? ''), object);
};

const checkIdentity = ({ resource, info }: ResourceCall, object: Loose): void => {
  const own = object.metadata.namespace;
  if (resource.namespaced && own !== undefined && own !== '' && own !== info.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const name = object.metadata.name;
  if (info.name !== undefined && name !== undefined && name !== info.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`);
  }
};

/** Returns the object as stored, or as it would be. `body` is in the stored version. */
export const createObject = (call: ResourceCall, body: Loose): KubeObject => {
  const { api, resource, info } = call;
  const object = copy(body);
  object.metadata ??= {};
  checkIdentity(call, object);
  const { metadata } = object;
  for (const field of [
    'resourceVersion',
    'uid',
    'creationTimestamp',
    'generation',
    'managedFields',
    'deletionTimestamp',
  ]) {
    delete metadata[field];
  }
  if (resource.namespaced) metadata.namespace = info.namespace;
  else delete metadata.namespace;
  if (!metadata.name && metadata.generateName) metadata.name = `${metadata.generateName}${randomSuffix()}`;
  admitNamespace(call, metadata.name ?? '');
  if (metadata.name && api.store.get(resource.plural, metadata.namespace, metadata.name) !== undefined) {
    throw alreadyExists(resource.group, resource.plural, metadata.name);
  }
  applyDefaults(object);
  admit(call, object);
  validate(resource.group, undefined, object);
  if (object.kind === 'Service') allocateService(api.store, api.ipFamilies, object);
  if (isDryRun(call.query)) {
    const extra = { creationTimestamp: timestamp(), ...(resource.generation ? { generation: 1 } : {}) };
    return { ...object, metadata: { ...metadata, ...extra } };
  }
  try {
    return api.store.create(resource.plural, object);
  } catch (error) {
    if (error instanceof ObjectExistsError)
      throw alreadyExists(resource.group, resource.plural, metadata.name);
    throw error;
  }
};

const validateUpdate = ({ api, resource, info }: ResourceCall, before: KubeObject, after: Loose): void => {
  switch (info.subresource) {
    case 'status':
    case 'finalize':
      return;
    case 'ephemeralcontainers': {
      const problems = [...mirrorPodProblems(before), ...ephemeralContainerProblems(before, after)];
      if (problems.length > 0) throw invalid(resource.group, 'Pod', before.metadata.name, problems);
      return;
    }
    default:
      validate(resource.group, before, after);
      if (after.kind === 'Service') allocateService(api.store, api.ipFamilies, after, before);
  }
};

/** Whether nothing keeps a deleted object any longer. */
const isReleased = ({ metadata, kind }: Loose): boolean =>
  metadata.deletionTimestamp !== undefined &&
  kind !== 'Namespace' &&
  !(metadata.finalizers?.length > 0) &&
  !(metadata.deletionGracePeriodSeconds > 0);

/**
 * Reads, changes and writes back. `change` gets a private copy and returns what the client wants.
 * Throws 404, 409 when a resourceVersion is stated that is not the current one, 422, 403.
 */
export const updateObject = (call: ResourceCall, change: (object: Loose) => Loose): KubeObject => {
  const { api, resource, info } = call;
  const name = info.name ?? '';
  const before = api.store.get(resource.plural, storedIn(call), name);
  if (before === undefined) throw notFound(resource.group, resource.plural, name);
  const wanted = change(copy(before));
  wanted.metadata ??= {};
  checkIdentity(call, wanted);
  const { resourceVersion, uid } = wanted.metadata;
  if (resourceVersion && resourceVersion !== before.metadata.resourceVersion) {
    throw conflict(resource.group, resource.plural, name, CHANGED_MEANWHILE);
  }
  if (uid && uid !== before.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`;
    throw conflict(resource.group, resource.plural, name, why);
  }
  const after = copy(restrictUpdate(resource, info.subresource, before, wanted));
  if (info.subresource !== 'status') applyDefaults(after, before);
  // Pod Security lets updates of a pod's metadata pass.
  const specChanged = !deepEqual(before.spec, after.spec);
  if (specChanged || after.kind !== 'Pod') admit(call, after);
  validateUpdate(call, before, after);
  if (isDryRun(call.query)) {
    const generation = before.metadata.generation;
    if (generation !== undefined && specChanged) after.metadata.generation = generation + 1;
    return after;
  }
  const stored = api.store.update(resource.plural, storedIn(call), name, () => after);
  if (stored === undefined) throw notFound(resource.group, resource.plural, name);
  if (isReleased(stored)) api.store.delete(resource.plural, storedIn(call), name);
  return stored;
};
