/**
 * The cluster's zone, answered from Services and EndpointSlices as the kubernetes plugin of CoreDNS answers it.
 * Source: github.com/kubernetes/dns/blob/master/docs/specification.md.
 */
import { isIP } from 'node:net';
import { reverseName } from '../ip-bytes.ts';

/** What the zone is made of; the kubelet's side sends it to each CoreDNS process whenever it changes. */
export interface ZoneData {
  readonly namespaces: readonly string[];
  readonly services: readonly ZoneService[];
}
export interface ZoneService {
  readonly namespace: string;
  readonly name: string;
  /** Empty for a headless Service. */
  readonly clusterIPs: readonly string[];
  readonly externalName?: string;
  readonly ports: readonly ZonePort[];
  /** Ready ones, or all with publishNotReadyAddresses. */
  readonly endpoints: readonly ZoneEndpoint[];
}
export interface ZonePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}
export interface ZoneEndpoint {
  readonly address: string;
  readonly hostname?: string;
  readonly ports: readonly ZonePort[];
}

/** `records` may be empty: the name is there, the type is not (NODATA). `alias`: the rest is for the upstream to say. */
export type ZoneAnswer =
  | { readonly kind: 'records'; readonly records: readonly ZoneRecord[] }
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'no-such-name' };
export type ZoneRecord =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | {
      readonly type: 'SRV';
      readonly target: string;
      readonly port: number;
      readonly addresses: readonly string[];
    }
  | { readonly type: 'PTR'; readonly target: string };

const NO_SUCH_NAME: ZoneAnswer = { kind: 'no-such-name' };
const NO_DATA: ZoneAnswer = { kind: 'records', records: [] };

const familyOf = (address: string): 'A' | 'AAAA' => (address.includes(':') ? 'AAAA' : 'A');
const addresses = (type: string, found: readonly string[]): ZoneAnswer => ({
  kind: 'records',
  records: found
    .filter((address) => familyOf(address) === type)
    .map((address) => ({ type: familyOf(address), address })),
});
/** A label must not end in a hyphen: `fd00::` becomes `fd00--0`. */
const hostnameOf = (endpoint: ZoneEndpoint): string =>
  endpoint.hostname ?? endpoint.address.replace(/[.:]/g, '-').replace(/-$/, '-0');

const serviceAnswer = (
  service: ZoneService,
  rest: readonly string[],
  type: string,
  zone: string,
): ZoneAnswer => {
  const domain = `${service.name}.${service.namespace}.svc.${zone}`;
  if (service.externalName !== undefined) {
    return rest.length === 0 ? { kind: 'alias', target: service.externalName } : NO_SUCH_NAME;
  }
  const headless = service.clusterIPs.length === 0;
  const own = headless ? service.endpoints.map(({ address }) => address) : service.clusterIPs;
  // A headless Service without a ready endpoint does not exist for CoreDNS.
  if (headless && own.length === 0) return NO_SUCH_NAME;
  if (rest.length === 0) {
    if (type !== 'SRV') return addresses(type, own);
    return {
      kind: 'records',
      records: service.ports.map(({ port }) => ({
        type: 'SRV',
        target: domain,
        port,
        addresses: own,
      })),
    };
  }
  if (rest.length === 1) {
    const endpoints = service.endpoints.filter((endpoint) => hostnameOf(endpoint) === rest[0]);
    return endpoints.length === 0
      ? NO_SUCH_NAME
      : addresses(
          type,
          endpoints.map(({ address }) => address),
        );
  }
  const [port, protocol] = rest.map((label) => label.replace(/^_/, ''));
  if (rest.length !== 2 || !rest.every((label) => label.startsWith('_'))) return NO_SUCH_NAME;
  const matches = (candidate: ZonePort) =>
    candidate.name === port && candidate.protocol.toLowerCase() === protocol;
  if (!service.ports.some(matches)) return NO_SUCH_NAME;
  if (type !== 'SRV') return NO_DATA;
  return {
    kind: 'records',
    records: headless
      ? service.endpoints.flatMap((endpoint) =>
          endpoint.ports.filter(matches).map((found) => ({
            type: 'SRV' as const,
            target: `${hostnameOf(endpoint)}.${domain}`,
            port: found.port,
            addresses: [endpoint.address],
          })),
        )
      : service.ports.filter(matches).map((found) => ({
          type: 'SRV' as const,
          target: domain,
          port: found.port,
          addresses: own,
        })),
  };
};

/** `name` lower case without the trailing dot, inside `zone`. */
export const answerFromZone = (data: ZoneData, zone: string, name: string, type: string): ZoneAnswer => {
  const labels =
    name === zone
      ? []
      : name
          .slice(0, -(zone.length + 1))
          .split('.')
          .reverse();
  const [kind, namespace, service, ...rest] = labels;
  if (kind === undefined) return NO_DATA;
  if (kind !== 'svc' && kind !== 'pod') return NO_SUCH_NAME;
  if (namespace === undefined) return NO_DATA;
  if (!data.namespaces.includes(namespace)) return NO_SUCH_NAME;
  if (service === undefined) return NO_DATA;
  if (kind === 'pod') {
    // `pods insecure`: any address of the right form answers, whether or not such a pod exists.
    const separator = /^[^-]+-[^-]+-[^-]+-[^-]+$/.test(service) ? '.' : ':';
    const address = service.replaceAll('-', separator);
    return isIP(address) === 0 || rest.length > 0 ? NO_SUCH_NAME : addresses(type, [address]);
  }
  const found = data.services.find(
    (candidate) => candidate.namespace === namespace && candidate.name === service,
  );
  return found === undefined ? NO_SUCH_NAME : serviceAnswer(found, rest.reverse(), type, zone);
};

/** The name behind an address; undefined: not one of the cluster's. `name` is the in-addr.arpa or ip6.arpa form. */
export const reverseFromZone = (data: ZoneData, zone: string, name: string): ZoneAnswer | undefined => {
  const targets = data.services.flatMap((service) => {
    const domain = `${service.name}.${service.namespace}.svc.${zone}`;
    if (service.clusterIPs.some((address) => reverseName(address) === name)) return [domain];
    return service.endpoints
      .filter(({ address }) => reverseName(address) === name)
      .map((endpoint) => `${hostnameOf(endpoint)}.${domain}`);
  });
  if (targets.length === 0) return undefined;
  return { kind: 'records', records: targets.map((target) => ({ type: 'PTR', target })) };
};
