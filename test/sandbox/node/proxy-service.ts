/** kube-proxy's rules for one port of one Service, in one family. Source: kubernetes/pkg/proxy/iptables/proxier.go. */
import type { KubeObject } from '../contract.ts';
import { type Family, familyOf, IP_FAMILY, joinHostPort } from '../families.ts';
import { NODE_NAME } from './addresses.ts';

export const MASQUERADE_MARK = '0x4000';

/** What nft calls the family, and its loopback range. */
export const NFT: Readonly<Record<Family, { readonly ip: string; readonly loopback: string }>> = {
  ipv4: { ip: 'ip', loopback: '127.0.0.0/8' },
  ipv6: { ip: 'ip6', loopback: '::1' },
};

interface Endpoint {
  readonly addresses: readonly string[];
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean };
}
interface Target {
  readonly address: string;
  readonly port: number;
}

const portOf = (slice: KubeObject, name: string): number | undefined =>
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  slice.ports?.find((port: any) => (port.name ?? '') === name)?.port ?? undefined;

const targetsOf = (
  family: Family,
  service: KubeObject,
  portName: string,
  slices: readonly KubeObject[],
  isUsable: (endpoint: Endpoint) => boolean,
): readonly Target[] => {
  const found = slices
    .filter(
      (slice) =>
        slice.metadata.namespace === service.metadata.namespace &&
        slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name &&
        (slice.addressType ?? 'IPv4') === IP_FAMILY[family],
    )
    .flatMap((slice): Target[] => {
      const port = portOf(slice, portName);
      const endpoints: readonly Endpoint[] = slice.endpoints ?? [];
      if (port === undefined) return [];
      return endpoints
        .filter(({ conditions }) => conditions?.ready !== false)
        .filter(isUsable)
        .flatMap(({ addresses }) => addresses.map((address) => ({ address, port })));
    });
  return [...new Map(found.map((target) => [joinHostPort(target.address, target.port), target])).values()];
};

/** Lines of chains of their own, and of the chains `services` and `no-endpoints`. */
export interface ServiceRules {
  readonly chains: readonly string[];
  readonly nat: readonly string[];
  readonly reject: readonly string[];
}

/** The Service's addresses of the family, from inside and outside of the cluster. */
const addressesOf = (family: Family, service: KubeObject): readonly string[] => {
  const all: readonly string[] = [
    ...(service.spec.clusterIPs ?? [service.spec.clusterIP ?? 'None']),
    ...(service.spec.externalIPs ?? []),
    // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
    ...(service.status?.loadBalancer?.ingress ?? []).flatMap((ingress: any) => ingress.ip ?? []),
  ];
  return all.filter((address) => address !== 'None' && familyOf(address) === family);
};

export const serviceRules = (
  family: Family,
  service: KubeObject,
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  port: any,
  id: string,
  slices: readonly KubeObject[],
): ServiceRules => {
  const { ip, loopback } = NFT[family];
  const protocol = (port.protocol ?? 'TCP').toLowerCase();
  const comment = `comment "${service.metadata.namespace}/${service.metadata.name}"`;
  const addresses = addressesOf(family, service);
  const matches = [
    ...addresses.map((address) => ({
      match: `${ip} daddr ${address} ${protocol} dport ${port.port}`,
      outside: false,
    })),
    // A Service of one family has its node port on the node's addresses of that family only.
    ...(port.nodePort === undefined || addresses.length === 0
      ? []
      : [
          {
            match: `fib daddr type local ${ip} daddr != ${loopback} ${protocol} dport ${port.nodePort}`,
            outside: true,
          },
        ]),
  ];
  const onAnyNode = targetsOf(family, service, port.name ?? '', slices, () => true);
  if (onAnyNode.length === 0) {
    return { chains: [], nat: [], reject: matches.map(({ match }) => `${match} reject ${comment}`) };
  }
  const local = service.spec.internalTrafficPolicy === 'Local';
  const targets = local
    ? targetsOf(family, service, port.name ?? '', slices, ({ nodeName }) => nodeName === NODE_NAME)
    : onAnyNode;
  // Endpoints on other nodes only: dropped, not rejected, so that a load balancer asks elsewhere.
  if (targets.length === 0)
    return { chains: [], nat: [], reject: matches.map(({ match }) => `${match} drop ${comment}`) };
  const chain = `svc-${id}`;
  const picks = targets.map((_, index) => `${index} : goto ${chain}-${index}`).join(', ');
  return {
    chains: [
      ...targets.map(
        ({ address, port: targetPort }, index) =>
          `chain ${chain}-${index} { ${ip} saddr ${address} meta mark set mark or ${MASQUERADE_MARK}; meta l4proto ${protocol} dnat to ${joinHostPort(address, targetPort)}; }`,
      ),
      `chain ${chain} { numgen random mod ${targets.length} vmap { ${picks} }; }`,
    ],
    nat: matches.map(
      ({ match, outside }) =>
        `${match} ${outside ? `meta mark set mark or ${MASQUERADE_MARK} ` : ''}goto ${chain} ${comment}`,
    ),
    reject: [],
  };
};
