/** Paths of the API, and the right that each needs. Names were validated before (RFC 1123), so they go into paths as they are. */
import type { MissingRight } from '../model/evidence.ts';

export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly clusterScoped?: boolean;
}

export const RESOURCES = {
  pods: { group: '', version: 'v1', resource: 'pods' },
  services: { group: '', version: 'v1', resource: 'services' },
  events: { group: '', version: 'v1', resource: 'events' },
  namespaces: { group: '', version: 'v1', resource: 'namespaces', clusterScoped: true },
  configmaps: { group: '', version: 'v1', resource: 'configmaps' },
  nodes: { group: '', version: 'v1', resource: 'nodes', clusterScoped: true },
  endpointslices: { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' },
  networkpolicies: { group: 'networking.k8s.io', version: 'v1', resource: 'networkpolicies' },
  ingresses: { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' },
  deployments: { group: 'apps', version: 'v1', resource: 'deployments' },
  replicasets: { group: 'apps', version: 'v1', resource: 'replicasets' },
  statefulsets: { group: 'apps', version: 'v1', resource: 'statefulsets' },
  daemonsets: { group: 'apps', version: 'v1', resource: 'daemonsets' },
  jobs: { group: 'batch', version: 'v1', resource: 'jobs' },
  cronjobs: { group: 'batch', version: 'v1', resource: 'cronjobs' },
} as const satisfies Record<string, Resource>;

export const pathOf = (
  of: Resource,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string =>
  [
    of.group === '' ? `/api/${of.version}` : `/apis/${of.group}/${of.version}`,
    ...(namespace === undefined || of.clusterScoped === true ? [] : ['namespaces', namespace]),
    of.resource,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ].join('/');

export const rightTo = (
  verb: string,
  of: Resource,
  namespace: string | undefined,
  subresource?: string,
): MissingRight => ({
  verb,
  group: of.group,
  resource: subresource === undefined ? of.resource : `${of.resource}/${subresource}`,
  ...(namespace === undefined || of.clusterScoped === true ? {} : { namespace }),
});
