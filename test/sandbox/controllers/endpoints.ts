/** Service → Endpoints, the older form: ready and not ready addresses of the Service's first family, by set of ports. */
import { copy, deepEqual, type Loose } from '../api/json.ts';
import type { Store } from '../contract.ts';
import { type Backend, backendsOf, familiesOf, targetRef } from './endpoint-addresses.ts';
import { fromKey } from './owners.ts';

const address = (backend: Backend): Loose =>
  copy({
    ip: backend.ip,
    hostname: backend.pod.spec.subdomain && backend.pod.spec.hostname,
    nodeName: backend.pod.spec.nodeName,
    targetRef: targetRef(backend),
  });

const subsetsOf = (backends: readonly Backend[]): Loose => {
  const groups = new Map<string, Backend[]>();
  for (const backend of backends) {
    if (backend.terminating) continue;
    const key = JSON.stringify(backend.ports);
    groups.set(key, [...(groups.get(key) ?? []), backend]);
  }
  const subsets = [...groups.values()].map((group) => {
    const ready = group.filter((one) => one.ready).map(address);
    const waiting = group.filter((one) => !one.ready).map(address);
    return copy({
      addresses: ready.length > 0 ? ready : undefined,
      notReadyAddresses: waiting.length > 0 ? waiting : undefined,
      ports: group[0]?.ports.length ? group[0].ports : undefined,
    });
  });
  return subsets.length === 0 ? undefined : subsets;
};

export const reconcileEndpoints = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const service = store.get('services', namespace, name);
  const existing = store.get('endpoints', namespace, name);
  if (service === undefined) {
    if (existing !== undefined) store.delete('endpoints', namespace, name);
    return;
  }
  if (!service.spec.selector || service.spec.type === 'ExternalName') return;
  const subsets = subsetsOf(backendsOf(store, service, familiesOf(service)[0]));
  if (existing === undefined) {
    store.create('endpoints', {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: copy({ name, namespace, labels: service.metadata.labels }),
      ...(subsets === undefined ? {} : { subsets }),
    });
  } else if (!deepEqual(existing.subsets, subsets)) {
    store.update('endpoints', namespace, name, (current) => ({ ...current, subsets }));
  }
};
