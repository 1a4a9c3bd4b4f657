/** Hosts as they are written in questions and URLs, and the address families that a pod speaks. */
import type { Evidence } from '../model/evidence.ts';

export type Family = 'ipv4' | 'ipv6';

export const isIpv6 = (host: string): boolean => host.includes(':');
export const isAddress = (host: string): boolean => isIpv6(host) || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
export const inUrl = (host: string): string => (isIpv6(host) ? `[${host}]` : host);

/** IPv4 where nothing is known of the pod's addresses. */
export const familiesOf = (evidence: Pick<Evidence, 'pod'>): readonly Family[] => {
  const status = evidence.pod.state === 'known' ? evidence.pod.value.status : {};
  const ips = status.podIPs?.map(({ ip }) => ip) ?? (status.podIP === undefined ? [] : [status.podIP]);
  const families = (['ipv4', 'ipv6'] as const).filter((family) =>
    ips.some((ip) => isIpv6(ip) === (family === 'ipv6')),
  );
  return families.length === 0 ? ['ipv4'] : families;
};
