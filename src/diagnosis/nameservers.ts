/** Which nameservers the pod asks, and whether they are those of the cluster. */
import type { Observation } from '../../probes/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { Seen } from '../model/rule.ts';
import { clusterIPs } from './endpoints.ts';
import { type Measured, measured } from './observed.ts';

/** What whoever reads names declares, and looks at, all of it: with less a rule would judge otherwise than the checks do. */
export const NAME_EVIDENCE = ['pod', 'dnsService', 'apiService', 'destinationService'] as const;
export const NAME_PROBES = ['dns-lookup', 'tcp-connect', 'resolv-conf'] as const;
export type NamesSeen = Seen<(typeof NAME_PROBES)[number]>;
export type NamesEvidence = Pick<Evidence, (typeof NAME_EVIDENCE)[number]>;

type ResolvConf = Measured<Extract<Observation, { probe: 'resolv-conf' }>['outcome']>;

export const resolvConfOf = (seen: NamesSeen): ResolvConf | undefined =>
  seen['resolv-conf'].flatMap(({ outcome }) => measured(outcome) ?? [])[0];

/** Whether a search domain is one of Services: `svc.cluster.local`, `shop.svc.cluster.local`. */
export const isServiceDomain = (domain: string): boolean => /(^|\.)svc\./i.test(domain);

/** One spelling for each address. */
export const canonical = (address: string): string => {
  if (!address.includes(':')) return address;
  try {
    return new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.replace(/^\[|\]$/g, '');
  } catch {
    return address.toLowerCase();
  }
};

/** Why the pod's spec does not ask for cluster DNS; undefined where it does. */
export const policyWithoutClusterDns = (pod: Pod): string | undefined => {
  const { dnsPolicy = 'ClusterFirst', hostNetwork } = pod.spec;
  if (dnsPolicy === 'Default' || dnsPolicy === 'None') return `dnsPolicy ${dnsPolicy}`;
  if (hostNetwork === true && dnsPolicy === 'ClusterFirst')
    return 'hostNetwork without dnsPolicy ClusterFirstWithHostNet';
  return undefined;
};

/** The servers of resolv.conf; where it was not read, what the pod's spec leads to. undefined: not known. */
export const podServers = (seen: NamesSeen, evidence: NamesEvidence): readonly string[] | undefined => {
  const written = resolvConfOf(seen)?.nameservers ?? [];
  if (written.length > 0) return written;
  if (evidence.pod.state !== 'known') return undefined;
  const { dnsPolicy, dnsConfig } = evidence.pod.value.spec;
  const own = dnsConfig?.nameservers ?? [];
  if (dnsPolicy === 'None') return own.length > 0 ? own : undefined;
  if (policyWithoutClusterDns(evidence.pod.value) !== undefined) return undefined;
  return evidence.dnsService.state === 'known'
    ? [...clusterIPs(evidence.dnsService.value), ...own]
    : undefined;
};

/**
 * NodeLocal DNSCache listens on a link-local address (169.254.20.10; kubespray takes 169.254.25.10) and is the cluster's DNS.
 * 169.254.169.0/24 is where clouds serve metadata and their own DNS.
 */
export const isNodeLocal = (server: string): boolean =>
  server.startsWith('169.254.') && !server.startsWith('169.254.169.');

/** Whether one of these servers is cluster DNS; undefined where its Service is not known. */
export const haveClusterDns = (
  servers: readonly string[],
  dnsService: Evidence['dnsService'],
): boolean | undefined => {
  if (servers.some(isNodeLocal)) return true;
  return dnsService.state === 'known' ? haveServiceIP(servers, clusterIPs(dnsService.value)) : undefined;
};

export const haveServiceIP = (servers: readonly string[], ips: readonly string[]): boolean =>
  servers.some((server) => ips.some((ip) => canonical(ip) === canonical(server)));

/**
 * Why cluster names need not resolve in this pod; undefined where they must. A pod whose own nameservers are the cluster's must
 * resolve them, whatever its dnsPolicy; where that cannot be compared, a search domain of Services tells that it is meant to.
 */
export const clusterDnsBypass = (seen: NamesSeen, evidence: NamesEvidence): string | undefined => {
  const policy = evidence.pod.state === 'known' ? policyWithoutClusterDns(evidence.pod.value) : undefined;
  if (policy === undefined) return undefined;
  const servers = podServers(seen, evidence);
  const uses = servers === undefined ? undefined : haveClusterDns(servers, evidence.dnsService);
  return (uses ?? resolvConfOf(seen)?.search.some(isServiceDomain)) === true ? undefined : policy;
};
