/** What the API server fills in when an object is created or updated. */
import { randomUUID } from 'node:crypto';
import type { Loose } from '../json.ts';
import { defaultPod } from './pod.ts';
import { defaultPodSpec } from './pod-spec.ts';
import { defaultService } from './service.ts';
import * as workloads from './workloads.ts';

const defaultNetworkPolicy = ({ spec }: Loose): void => {
  spec.podSelector ??= {};
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
    for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
  }
  // Set once: a later update that adds an egress section does not change it.
  spec.policyTypes ??= spec.egress?.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
};

const defaultEndpointSlice = (slice: Loose): void => {
  slice.endpoints ??= null;
  slice.ports ??= null;
  for (const port of slice.ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
};

const defaultEndpoints = (endpoints: Loose): void => {
  for (const subset of endpoints.subsets ?? []) {
    for (const port of subset.ports ?? []) port.protocol ??= 'TCP';
  }
};

const defaultNamespace = (namespace: Loose): void => {
  namespace.spec ??= {};
  namespace.spec.finalizers ??= ['kubernetes'];
  namespace.status ??= { phase: 'Active' };
  namespace.metadata.labels = {
    ...namespace.metadata.labels,
    'kubernetes.io/metadata.name': namespace.metadata.name,
  };
};

const defaultSecret = (secret: Loose): void => {
  secret.type ??= 'Opaque';
  const { stringData } = secret;
  if (stringData === undefined) return;
  secret.data ??= {};
  for (const [key, value] of Object.entries<string>(stringData)) {
    secret.data[key] = Buffer.from(value).toString('base64');
  }
  delete secret.stringData;
};

const defaultBinding = (binding: Loose): void => {
  binding.roleRef.apiGroup ??= 'rbac.authorization.k8s.io';
  for (const subject of binding.subjects ?? []) {
    if (subject.kind !== 'ServiceAccount') subject.apiGroup ??= 'rbac.authorization.k8s.io';
  }
};

/** Fills in defaults, in place. `before` is the stored object of an update, undefined for a creation. */
export const applyDefaults = (object: Loose, before?: Loose): void => {
  if (before === undefined) object.metadata.uid ??= randomUUID();
  switch (object.kind) {
    case 'Pod':
      if (before === undefined) defaultPod(object);
      else defaultPodSpec(object.spec);
      break;
    case 'Service':
      defaultService(object);
      break;
    case 'NetworkPolicy':
      object.spec ??= {};
      defaultNetworkPolicy(object);
      break;
    case 'EndpointSlice':
      defaultEndpointSlice(object);
      break;
    case 'Endpoints':
      defaultEndpoints(object);
      break;
    case 'Namespace':
      defaultNamespace(object);
      break;
    case 'Secret':
      defaultSecret(object);
      break;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      defaultBinding(object);
      break;
    case 'Deployment':
      workloads.defaultDeployment(object);
      break;
    case 'ReplicaSet':
      workloads.defaultReplicaSet(object);
      break;
    case 'StatefulSet':
      workloads.defaultStatefulSet(object);
      break;
    case 'DaemonSet':
      workloads.defaultDaemonSet(object);
      break;
    case 'Job':
      workloads.defaultJob(object);
      break;
    case 'CronJob':
      workloads.defaultCronJob(object);
      break;
    default:
  }
};
