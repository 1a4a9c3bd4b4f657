/** meta.k8s.io Table: what `kubectl get` prints. */
import type { KubeObject } from '../../contract.ts';
import type { Loose } from '../json.ts';
import type { Resource } from '../resources.ts';
import { toWire } from '../wire.ts';
import * as cluster from './cluster.ts';
import type { Column } from './columns.ts';
import * as network from './network.ts';
import { podColumns } from './pod.ts';
import * as workloads from './workloads.ts';

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  pods: podColumns,
  services: network.serviceColumns,
  endpoints: network.endpointsColumns,
  endpointslices: network.endpointSliceColumns,
  networkpolicies: network.networkPolicyColumns,
  ingresses: network.ingressColumns,
  deployments: workloads.deploymentColumns,
  replicasets: workloads.replicaSetColumns,
  statefulsets: workloads.statefulSetColumns,
  daemonsets: workloads.daemonSetColumns,
  jobs: workloads.jobColumns,
  cronjobs: workloads.cronJobColumns,
  nodes: cluster.nodeColumns,
  namespaces: cluster.namespaceColumns,
  events: cluster.eventColumns,
  configmaps: cluster.configMapColumns,
  secrets: cluster.secretColumns,
  serviceaccounts: cluster.serviceAccountColumns,
  rolebindings: cluster.bindingColumns,
  clusterrolebindings: cluster.bindingColumns,
  roles: cluster.roleColumns,
  clusterroles: cluster.roleColumns,
  leases: cluster.leaseColumns,
};

/** `Object`, `Metadata` (default) or `None`: what each row carries of its object. */
export type IncludeObject = string | null;

export const partialMetadata = (object: KubeObject): Loose => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: object.metadata,
});

/** A Table of the objects; `metadata` is that of the list. */
export const renderTable = (
  resource: Resource,
  objects: readonly KubeObject[],
  metadata: Loose,
  include: IncludeObject,
): Loose => {
  const columns = COLUMNS[resource.plural] ?? cluster.defaultColumns;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, wide, format, cell: _cell }) => ({
      name,
      type: 'string',
      format: format ?? '',
      description: '',
      priority: wide ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object)),
      ...(include === 'None'
        ? {}
        : { object: include === 'Object' ? toWire(resource, object) : partialMetadata(object) }),
    })),
  };
};
