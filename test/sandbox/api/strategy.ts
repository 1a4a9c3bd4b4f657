/** Which part of an object a write may change, by subresource. Source: pkg/registry, the strategies' PrepareForUpdate. */
import type { KubeObject } from '../contract.ts';
import type { Loose } from './json.ts';
import type { Resource } from './resources.ts';

const hasStatus = (resource: Resource): boolean =>
  resource.subresources.some(({ name }) => name === 'status');

const keep = (object: Loose, field: string, from: Loose): void => {
  if (from[field] === undefined) delete object[field];
  else object[field] = from[field];
};

/** Metadata that no client changes. */
const SYSTEM_FIELDS = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
];

const keepSystemFields = (metadata: Loose, before: Loose): Loose => {
  const result = { ...metadata };
  for (const field of SYSTEM_FIELDS) keep(result, field, before);
  delete result.managedFields;
  return result;
};

/** `wanted` cut down to what the subresource may change of `before`. */
export const restrictUpdate = (
  resource: Resource,
  subresource: string,
  before: KubeObject,
  wanted: Loose,
): Loose => {
  const metadata = keepSystemFields(wanted.metadata, before.metadata);
  switch (subresource) {
    case 'status':
      return { ...before, metadata: { ...metadata, labels: before.metadata.labels }, status: wanted.status };
    case 'ephemeralcontainers':
      return {
        ...before,
        spec: { ...before.spec, ephemeralContainers: wanted.spec?.ephemeralContainers },
      };
    case 'finalize':
      return { ...before, spec: { ...before.spec, finalizers: wanted.spec?.finalizers ?? [] } };
    default: {
      const result = { ...wanted, apiVersion: before.apiVersion, kind: before.kind, metadata };
      if (hasStatus(resource)) keep(result, 'status', before);
      if (resource.plural !== 'pods') return result;
      result.spec = { ...result.spec };
      keep(result.spec, 'ephemeralContainers', before.spec);
      return result;
    }
  }
};
