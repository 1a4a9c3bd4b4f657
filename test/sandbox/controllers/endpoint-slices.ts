/** Service → EndpointSlices: one for each family and set of ports, as pods may differ in what a named port means. */
import { copy, deepEqual, type Loose } from '../api/json.ts';
import { timestamp } from '../api/store.ts';
import type { KubeObject, Store } from '../contract.ts';
import type { IpFamily } from '../families.ts';
import { type Backend, backendsOf, familiesOf, targetRef } from './endpoint-addresses.ts';
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

/** Ports and endpoints of the family's slices; one empty slice when nothing is behind the Service. */
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

const labelsOf = ({ metadata, spec }: KubeObject) => ({
  ...metadata.labels,
  [MANAGED_BY]: MANAGER,
  [SERVICE_NAME]: metadata.name,
  ...(spec.clusterIP === 'None' ? { [HEADLESS]: '' } : {}),
});

const createSlice = (store: Store, service: KubeObject, addressType: IpFamily, content: Loose): void => {
  const { name, namespace } = service.metadata;
  store.create('endpointslices', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: copy({
      name: '',
      generateName: `${name}-`,
      namespace,
      labels: labelsOf(service),
      annotations: { [TRIGGER]: timestamp() },
      ownerReferences: [ownerReference(service)],
    }),
    addressType,
    ...content,
  });
};

const updateSlice = (store: Store, service: KubeObject, slice: KubeObject, content: Loose): void => {
  const labels = labelsOf(service);
  const same =
    deepEqual({ endpoints: slice.endpoints, ports: slice.ports }, content) &&
    deepEqual(slice.metadata.labels, labels);
  if (same) return;
  const { name, namespace } = slice.metadata;
  store.update('endpointslices', namespace, name, (current) => ({
    ...current,
    ...content,
    metadata: {
      ...current.metadata,
      labels,
      annotations: { ...current.metadata.annotations, [TRIGGER]: timestamp() },
    },
  }));
};

export const reconcileEndpointSlices = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const service = store.get('services', namespace, name);
  const existing = store.list('endpointslices', namespace).filter((slice) => isOurs(slice, name));
  const kept = new Set<string>();
  if (service?.spec.selector && service.spec.type !== 'ExternalName') {
    for (const family of familiesOf(service)) {
      const old = existing.filter((slice) => slice.addressType === family);
      wantedSlices(backendsOf(store, service, family)).forEach((content, index) => {
        const slice = old[index];
        if (slice === undefined) {
          createSlice(store, service, family, content);
          return;
        }
        kept.add(slice.metadata.name);
        updateSlice(store, service, slice, content);
      });
    }
  }
  for (const slice of existing) {
    if (!kept.has(slice.metadata.name)) store.delete('endpointslices', namespace, slice.metadata.name);
  }
};
