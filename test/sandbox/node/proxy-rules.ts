/**
 * kube-proxy's rules as one nftables table a family, from Services and EndpointSlices: a random ready endpoint for each new
 * connection, a reject (ICMP port unreachable, for TCP too) where there is none, masquerade where the answer would not come back.
 */
import type { KubeObject } from '../contract.ts';
import type { AddressPlan } from './addresses.ts';
import { MASQUERADE_MARK, NFT, type ServiceRules, serviceRules } from './proxy-service.ts';
import { isIgnoredByProxy } from './settings.ts';

/** Input for `nft -f -`: replaces the whole table of the family in one step. */
export const proxyRules = (
  { family, clusterRange }: AddressPlan,
  services: readonly KubeObject[],
  slices: readonly KubeObject[],
): string => {
  const { ip, loopback } = NFT[family];
  const rules = services
    .filter((service) => service.spec.type !== 'ExternalName' && !isIgnoredByProxy(service))
    .flatMap((service, index) =>
      // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
      (service.spec.ports ?? []).map((port: any, portIndex: number) =>
        serviceRules(family, service, port, `${index}-${portIndex}`, slices),
      ),
    );
  const lines = (part: (rules: ServiceRules) => readonly string[]) =>
    rules.flatMap(part).map((line) => `    ${line}`);
  return [
    `table ${ip} kube-proxy`,
    `delete table ${ip} kube-proxy`,
    `table ${ip} kube-proxy {`,
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
    `    ${ip} saddr ${loopback} ${ip} daddr ${clusterRange} masquerade`,
    '  }',
    ...['input', 'forward', 'output'].map(
      (hook) =>
        `  chain filter-${hook} { type filter hook ${hook} priority filter; ct state new jump no-endpoints; }`,
    ),
    '}',
    '',
  ].join('\n');
};
