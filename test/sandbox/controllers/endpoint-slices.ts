/** Service → EndpointSlices: one for each set of ports, as pods may differ in what a named port means. */
import { copy, deepEqual, type Loose } from '../api/json.ts';
import { timestamp } from '../api/store.ts';
import type { KubeObject, Store } from '../contract.ts';
import { type Backend, backendsOf, targetRef } from './endpoint-addresses.ts';
import { fromKey, ownerReference } from './owners.ts';

const MANAGER = 'endpointslice-controller.k8s.io';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const SERVICE_NAME = 'kubernetes.io/service-name';
const HEADLESS = 'service.kubernetes.io/headless';
const TRIGGER = 'endpoints.kubernetes.io/last-change-trigger-time';

const endpoint = (backend: Backend): Loose => {
  const { ip, ready, serving, terminating, pod } = backend;
  return copy({
    addresses: [ip],
    conditions: { ready, serving, terminating },
    hostname: pod.spec.subdomain && pod.spec.hostname,
    targetRef: targetRef(backend),
    nodeName: pod.spec.nodeName,
  });
};

/** Ports and endpoints of the slices that the Service should have; one empty slice when nothing is behind it. */
const wantedSlices = (backends: readonly Backend[]): readonly Loose[] => {
  const groups = new Map<string, Backend[]>();
  for (const backend of backends) {
    const key = JSON.stringify(backend.ports);
    groups.set(key, [...(groups.get(key) ?? []), backend]);
  }
  if (groups.size === 0) return [{ endpoints: null, ports: null }];
  return [...groups.values()].map((group) => ({
    endpoints: group.map(endpoint),
    ports: group[0]?.ports.length ? group[0].ports : null,
  }));
};

const isOurs = (slice: KubeObject, service: string): boolean =>
  slice.metadata.labels?.[SERVICE_NAME] === service && slice.metadata.labels?.[MANAGED_BY] === MANAGER;

export const reconcileEndpointSlices = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const service = store.get('services', namespace, name);
  const existing = store.list('endpointslices', namespace).filter((slice) => isOurs(slice, name));
  const remove = (slice: KubeObject) => store.delete('endpointslices', namespace, slice.metadata.name);
  const managed = service?.spec.selector && service.spec.type !== 'ExternalName';
  if (service === undefined || !managed) {
    for (const slice of existing) remove(slice);
    return;
  }
  const labels = {
    ...service.metadata.labels,
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: name,
    ...(service.spec.clusterIP === 'None' ? { [HEADLESS]: '' } : {}),
  };
  const wanted = wantedSlices(backendsOf(store, service));
  wanted.forEach((content, index) => {
    const slice = existing[index];
    if (slice === undefined) {
      store.create('endpointslices', {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: copy({
          name: '',
          generateName: `${name}-`,
          namespace,
          labels,
          annotations: { [TRIGGER]: timestamp() },
          ownerReferences: [ownerReference(service)],
        }),
        addressType: 'IPv4',
        ...content,
      });
      return;
    }
    const same =
      deepEqual({ endpoints: slice.endpoints, ports: slice.ports }, content) &&
      deepEqual(slice.metadata.labels, labels);
    if (same) return;
    store.update('endpointslices', namespace, slice.metadata.name, (current) => ({
      ...current,
      ...content,
      metadata: {
        ...current.metadata,
        labels,
        annotations: { ...current.metadata.annotations, [TRIGGER]: timestamp() },
      },
    }));
  });
  for (const slice of existing.slice(wanted.length)) remove(slice);
};
