/** A Service as the API server stores it: defaults, and its address from the Service range. */
import type { Store } from '../../contract.ts';
import type { Loose } from '../json.ts';
import { type FieldProblem, invalid } from '../status.ts';

/** 10.96.0.0/16; the first address is the API server's, the tenth DNS's by custom. */
const PREFIX = '10.96.';
const FIRST_FREE = 256;
const NODE_PORTS = { first: 30000, last: 32767 };

const addressAt = (index: number): string => `${PREFIX}${index >> 8}.${index & 255}`;

const taken = (store: Store) => {
  const services = store.list('services');
  return {
    addresses: new Set(services.flatMap((service): string[] => service.spec.clusterIPs ?? [])),
    nodePorts: new Set(
      services.flatMap((service): number[] =>
        (service.spec.ports ?? []).flatMap((port: Loose) => port.nodePort ?? []),
      ),
    ),
  };
};

const firstFree = (used: ReadonlySet<string>): string => {
  for (let index = FIRST_FREE; index < 65_535; index += 1) {
    if (!used.has(addressAt(index))) return addressAt(index);
  }
  throw new Error('the Service range is used up');
};

const allocateAddress = (store: Store, service: Loose, before: Loose): void => {
  const { spec } = service;
  const used = taken(store).addresses;
  if (before !== undefined) spec.clusterIP ||= before.spec.clusterIP;
  if (spec.clusterIP === 'None') spec.clusterIPs = ['None'];
  else if (!spec.clusterIP) spec.clusterIP = firstFree(used);
  else if (before === undefined && used.has(spec.clusterIP)) {
    const problem: FieldProblem = {
      type: 'invalid',
      field: 'spec.clusterIPs',
      value: [spec.clusterIP],
      detail: `failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`,
    };
    throw invalid('', 'Service', service.metadata.name, [problem]);
  }
  spec.clusterIPs = [spec.clusterIP];
  spec.ipFamilies ??= ['IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
};

const allocateNodePorts = (store: Store, spec: Loose): void => {
  const used = taken(store).nodePorts;
  for (const port of spec.ports ?? []) {
    if (port.nodePort !== undefined) continue;
    for (let candidate = NODE_PORTS.first; candidate <= NODE_PORTS.last; candidate += 1) {
      if (used.has(candidate)) continue;
      port.nodePort = candidate;
      used.add(candidate);
      break;
    }
  }
};

/** Changes its argument; `before` is the stored Service when it is updated. */
export const defaultService = (store: Store, service: Loose, before?: Loose): void => {
  const { spec } = service;
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    port.targetPort ??= port.port;
  }
  if (spec.type !== 'ExternalName') {
    spec.internalTrafficPolicy ??= 'Cluster';
    allocateAddress(store, service, before);
  }
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    spec.externalTrafficPolicy ??= 'Cluster';
    allocateNodePorts(store, spec);
  }
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  service.status ??= { loadBalancer: {} };
};
