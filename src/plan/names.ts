/** Lookups: through the pod's own resolver, and of each nameserver that is known, over each transport. */
import type { Evidence } from '../model/evidence.ts';
import type { Purpose } from '../model/probe.ts';
import type { Planned } from './planned.ts';

export const API_NAME = 'kubernetes.default.svc.cluster.local.';

/** The name as it is written: through the search list where it does not end in a dot, as the app would ask for it. */
export const lookup = (written: string, purpose: Purpose = 'external-name'): Planned => {
  const name = written.replace(/\.+$/, '.');
  return { id: `dns-lookup/${name}`, probe: 'dns-lookup', purpose, question: { name } };
};

/** Absolute, and through the search list: a cluster whose domain is not cluster.local answers only the second. */
export const clusterNames: readonly Planned[] = [API_NAME, 'kubernetes.default.svc'].map((name) =>
  lookup(name, 'cluster-name'),
);

/** The nameservers that the pod will use, as far as its spec and the cluster's DNS Service tell. At most three, as in resolv.conf. */
const nameserversOf = (evidence: Pick<Evidence, 'pod' | 'dnsService'>): readonly string[] => {
  if (evidence.pod.state !== 'known') return [];
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = evidence.pod.value.spec;
  const usesCluster =
    dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && hostNetwork !== true);
  const own = evidence.dnsService.state === 'known' ? evidence.dnsService.value.spec.clusterIP : undefined;
  return usesCluster ? (own === undefined ? [] : [own]) : (dnsConfig?.nameservers ?? []).slice(0, 3);
};

const directLookup = (server: string, transport: 'udp' | 'tcp'): Planned => ({
  id: `dns-lookup/${server}/${transport}`,
  probe: 'dns-lookup',
  purpose: 'nameserver-lookup',
  question: { name: API_NAME, server, transport },
});

/**
 * TCP 53 first: where the nameserver is refused, it is the ask that shows so for sure, because the kernel limits how many
 * refusals it tells (icmp_ratelimit), and TCP asks again after a second, UDP does not. Large answers need it, too.
 */
const ofNameserver = (server: string): readonly Planned[] => [
  {
    id: `tcp-connect/nameserver/${server}`,
    probe: 'tcp-connect',
    purpose: 'nameserver',
    question: { host: server, port: 53 },
  },
  directLookup(server, 'tcp'),
  {
    id: `dns-query/${server}`,
    probe: 'dns-query',
    purpose: 'nameserver-lookup',
    question: { name: API_NAME, type: 'A', server },
  },
];

/** A single one is asked over UDP by the pod's own lookups; of several, those hear only the first that answers. */
export const nameservers = (evidence: Pick<Evidence, 'pod' | 'dnsService'>): readonly Planned[] => {
  const servers = nameserversOf(evidence);
  const overUdp = servers.length > 1 ? servers.map((server) => directLookup(server, 'udp')) : [];
  return [...servers.flatMap(ofNameserver), ...overUdp];
};

/** The name of an address: what servers that log their callers' names wait for. */
export const reverseName = (evidence: Pick<Evidence, 'apiService'>): readonly Planned[] => {
  const address =
    evidence.apiService.state === 'known' ? evidence.apiService.value.spec.clusterIP : undefined;
  if (address === undefined) return [];
  return [
    {
      id: `dns-lookup/reverse/${address}`,
      probe: 'dns-lookup',
      purpose: 'reverse-name',
      question: { name: address, reverse: true },
    },
  ];
};
