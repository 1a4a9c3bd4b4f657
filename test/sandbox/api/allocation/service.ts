/** A Service's addresses, from the Service range of each of its families, and its node ports. Source: pkg/registry/core/service/storage. */
import type { Store } from '../../contract.ts';
import type { IpFamily } from '../../families.ts';
import { copy, deepEqual, type Loose } from '../json.ts';
import { type FieldProblem, invalid } from '../status.ts';
import { settleFamilies } from './ip-families.ts';

/** 10.96.0.0/16 and fd00:10:96::/112; the first address is the API server's, the tenth DNS's by custom. */
const ADDRESS_AT: Readonly<Record<IpFamily, (index: number) => string>> = {
  IPv4: (index) => `10.96.${index >> 8}.${index & 255}`,
  IPv6: (index) => `fd00:10:96::${index.toString(16)}`,
};
const FIRST_FREE = 256;
const LAST = 65_534;
const NODE_PORTS = { first: 30000, last: 32767 };

/** The address of the Service `default/kubernetes`. */
export const apiServiceAddress = (family: IpFamily): string => ADDRESS_AT[family](1);

const firstFree = (family: IpFamily, used: ReadonlySet<string>): string => {
  for (let index = FIRST_FREE; index <= LAST; index += 1) {
    const address = ADDRESS_AT[family](index);
    if (!used.has(address)) return address;
  }
  throw new Error('the Service range is used up');
};

/** `clusterIP` and `clusterIPs` say the same, and what an update leaves out stays. */
const normalize = (spec: Loose, old: Loose): void => {
  if (old !== undefined) {
    spec.clusterIP ||= old.clusterIP;
    const unchanged = deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? []);
    if (spec.clusterIP === old.clusterIP) spec.clusterIPs = spec.clusterIPs ?? copy(old.clusterIPs);
    else if (unchanged) spec.clusterIPs = undefined;
  }
  if (spec.clusterIP) spec.clusterIPs ??= [spec.clusterIP];
};

const changeProblems = (spec: Loose, old: Loose): readonly FieldProblem[] => {
  const before: readonly string[] = old?.clusterIPs ?? [];
  const bothHeadless = before[0] === 'None' && spec.clusterIP === 'None';
  if (before.length === 0 || bothHeadless) return [];
  const detail = 'may not change once set';
  const changed = (field: string): readonly FieldProblem[] =>
    (spec[field] ?? []).flatMap((value: string, index: number): FieldProblem[] => {
      const was = old[field]?.[index];
      return was === undefined || was === value
        ? []
        : [{ type: 'invalid', field: `spec.${field}[${index}]`, value: spec[field], detail }];
    });
  return [...changed('clusterIPs'), ...changed('ipFamilies')];
};

const allocateAddresses = (store: Store, spec: Loose, old: Loose): readonly FieldProblem[] => {
  if (spec.clusterIP === 'None') return [];
  const used = new Set(store.list('services').flatMap((service): string[] => service.spec.clusterIPs ?? []));
  const given: readonly string[] = spec.clusterIPs ?? [];
  const problems = given
    .filter((address) => used.has(address) && !old?.clusterIPs?.includes(address))
    .map((address): FieldProblem => {
      const detail = `failed to allocate IP ${address}: provided IP is already allocated`;
      return { type: 'invalid', field: 'spec.clusterIPs', value: given, detail };
    });
  if (problems.length > 0) return problems;
  spec.clusterIPs = spec.ipFamilies.map(
    (family: IpFamily, index: number) => given[index] ?? firstFree(family, used),
  );
  spec.clusterIP = spec.clusterIPs[0];
  return [];
};

const allocateNodePorts = (store: Store, spec: Loose): void => {
  const used = new Set(
    store
      .list('services')
      .flatMap((service): number[] =>
        (service.spec.ports ?? []).flatMap((port: Loose) => port.nodePort ?? []),
      ),
  );
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

const OF_ADDRESSES = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'];

/** Changes its argument, a Service with its defaults; `before` is the stored one of an update. Throws 422. */
export const allocateService = (
  store: Store,
  cluster: readonly IpFamily[],
  service: Loose,
  before?: Loose,
): void => {
  const { spec } = service;
  if (spec.type === 'ExternalName') {
    for (const field of OF_ADDRESSES) delete spec[field];
    return;
  }
  const old = before?.spec.type === 'ExternalName' ? undefined : before?.spec;
  normalize(spec, old);
  for (const problems of [
    () => settleFamilies(spec, old, cluster),
    () => changeProblems(spec, old),
    () => allocateAddresses(store, spec, old),
  ]) {
    const found = problems();
    if (found.length > 0) throw invalid('', 'Service', service.metadata.name, found);
  }
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') allocateNodePorts(store, spec);
};
