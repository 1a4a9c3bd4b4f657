/** The scale subresource of workloads: autoscaling/v1 Scale in place of the object. */
import type { KubeObject } from '../contract.ts';
import type { Loose } from './json.ts';
import { selectorText } from './table/columns.ts';

export const scaleOf = (object: KubeObject): Loose => {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { spec, status } = object;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(spec.selector) },
  };
};

/** The object with the replicas of a changed Scale. */
export const withScale = (object: Loose, scale: Loose): Loose => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: scale.metadata?.resourceVersion },
  spec: { ...object.spec, replicas: scale.spec?.replicas ?? 0 },
});
