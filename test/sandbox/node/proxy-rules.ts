/**
 * kube-proxy's rules as one nftables table, from Services and EndpointSlices: a random ready endpoint for each new connection,
 * a reject (ICMP port unreachable, for TCP too) where there is none, masquerade where the answer would not come back.
 * Source: kubernetes/pkg/proxy/iptables/proxier.go. IPv4; an IPv6 table is the same with other families.
 */
import type { KubeObject } from '../contract.ts';
import { CLUSTER_RANGE } from './addresses.ts';
import { isIgnoredByProxy } from './settings.ts';

const MASQUERADE_MARK = '0x4000';

interface Endpoint {
  readonly addresses: readonly string[];
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
  service: KubeObject,
  portName: string,
  slices: readonly KubeObject[],
): readonly Target[] => {
  const found = slices
    .filter(
      (slice) =>
        slice.metadata.namespace === service.metadata.namespace &&
        slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name &&
        (slice.addressType ?? 'IPv4') === 'IPv4',
    )
    .flatMap((slice): Target[] => {
      const port = portOf(slice, portName);
      const endpoints: readonly Endpoint[] = slice.endpoints ?? [];
      if (port === undefined) return [];
      return endpoints
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) => addresses.map((address) => ({ address, port })));
    });
  return [...new Map(found.map((target) => [`${target.address}:${target.port}`, target])).values()];
};

interface Rules {
  readonly chains: readonly string[];
  readonly nat: readonly string[];
  readonly reject: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
const rulesOf = (service: KubeObject, port: any, id: string, slices: readonly KubeObject[]): Rules => {
  const protocol = (port.protocol ?? 'TCP').toLowerCase();
  const addresses: readonly string[] = [
    ...(service.spec.clusterIPs ?? [service.spec.clusterIP]),
    ...(service.spec.externalIPs ?? []),
    // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
    ...(service.status?.loadBalancer?.ingress ?? []).flatMap((ingress: any) => ingress.ip ?? []),
  ].filter((address) => address !== 'None' && !address.includes(':'));
  const comment = `comment "${service.metadata.namespace}/${service.metadata.name}"`;
  const matches = [
    ...addresses.map((address) => ({
      match: `ip daddr ${address} ${protocol} dport ${port.port}`,
      outside: false,
    })),
    ...(port.nodePort === undefined
      ? []
      : [
          {
            match: `fib daddr type local ip daddr != 127.0.0.0/8 ${protocol} dport ${port.nodePort}`,
            outside: true,
          },
        ]),
  ];
  const targets = targetsOf(service, port.name ?? '', slices);
  if (targets.length === 0) {
    return { chains: [], nat: [], reject: matches.map(({ match }) => `${match} reject ${comment}`) };
  }
  const chain = `svc-${id}`;
  const picks = targets.map((_, index) => `${index} : goto ${chain}-${index}`).join(', ');
  return {
    chains: [
      ...targets.map(
        ({ address, port: targetPort }, index) =>
          `chain ${chain}-${index} { ip saddr ${address} meta mark set mark or ${MASQUERADE_MARK}; ip protocol ${protocol} dnat to ${address}:${targetPort}; }`,
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

/** Input for `nft -f -`: replaces the whole table in one step. */
export const proxyRules = (services: readonly KubeObject[], slices: readonly KubeObject[]): string => {
  const rules = services
    .filter((service) => service.spec.type !== 'ExternalName' && !isIgnoredByProxy(service))
    .flatMap((service, index) =>
      // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
      (service.spec.ports ?? []).map((port: any, portIndex: number) =>
        rulesOf(service, port, `${index}-${portIndex}`, slices),
      ),
    );
  const lines = (part: (rules: Rules) => readonly string[]) =>
    rules.flatMap(part).map((line) => `    ${line}`);
  return [
    'table ip kube-proxy',
    'delete table ip kube-proxy',
    'table ip kube-proxy {',
    ...lines(({ chains }) => chains),
    '  chain services {',
    ...lines(({ nat }) => nat),
    '  }',
    '  chain no-endpoints {',
    ...lines(({ reject }) => reject),
    '  }',
    '  chain nat-prerouting { type nat hook prerouting priority dstnat; jump services; }',
    '  chain nat-output { type nat hook output priority -100; jump services; }',
    '  chain nat-postrouting {',
    '    type nat hook postrouting priority srcnat;',
    `    meta mark & ${MASQUERADE_MARK} == ${MASQUERADE_MARK} masquerade`,
    // From the node itself to a pod behind a Service, with a source that no pod could answer to.
    `    ip saddr 127.0.0.0/8 ip daddr ${CLUSTER_RANGE} masquerade`,
    '  }',
    ...['input', 'forward', 'output'].map(
      (hook) =>
        `  chain filter-${hook} { type filter hook ${hook} priority filter; ct state new jump no-endpoints; }`,
    ),
    '}',
    '',
  ].join('\n');
};
