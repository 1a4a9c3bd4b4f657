/** The pod's own resolv.conf, hosts and hostname, as the kubelet writes them. Source: kubelet/network/dns/dns.go, kubelet_pods.go. */
import type { KubeObject } from '../contract.ts';
import { NODE_NAME, type Plans } from './addresses.ts';

const MAX_NAMESERVERS = 3;

interface Resolver {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
}

const fromPolicy = (pod: KubeObject, [first]: Plans): Resolver => {
  const policy: string = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const cluster =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && pod.spec.hostNetwork !== true);
  if (policy === 'None') return { nameservers: [], search: [], options: [] };
  if (!cluster) return { nameservers: [first.upstreamDns], search: [], options: [] };
  const { namespace } = pod.metadata;
  return {
    nameservers: [first.dnsService],
    search: [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
    options: ['ndots:5'],
  };
};

/** Nameservers of the pod, first first. */
export const nameserversOf = (pod: KubeObject, plans: Plans): readonly string[] => {
  const own: readonly string[] = pod.spec.dnsConfig?.nameservers ?? [];
  return [...new Set([...fromPolicy(pod, plans).nameservers, ...own])].slice(0, MAX_NAMESERVERS);
};

export const resolvConf = (pod: KubeObject, plans: Plans): string => {
  const base = fromPolicy(pod, plans);
  const config = pod.spec.dnsConfig ?? {};
  const search = [...new Set([...base.search, ...(config.searches ?? [])])];
  const options = new Map(base.options.map((option) => [option.split(':')[0] ?? '', option]));
  for (const { name, value } of config.options ?? []) {
    options.set(name, value === undefined ? name : `${name}:${value}`);
  }
  return [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}`]),
    ...nameserversOf(pod, plans).map((address) => `nameserver ${address}`),
    ...(options.size === 0 ? [] : [`options ${[...options.values()].join(' ')}`]),
    '',
  ].join('\n');
};

/** On the node's network the container has the node's name. */
export const hostname = (pod: KubeObject): string =>
  pod.spec.hostNetwork === true ? NODE_NAME : (pod.spec.hostname ?? pod.metadata.name);

const LOCAL = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::\tip6-localnet',
  'fe00::\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
];
const NODE_HOSTS = ['127.0.0.1\tlocalhost', '::1\tlocalhost'];

/** `addresses`: the pod's, or the node's on its network. */
export const hosts = (pod: KubeObject, addresses: readonly string[]): string => {
  const aliases: readonly { ip: string; hostnames: readonly string[] }[] = pod.spec.hostAliases ?? [];
  const { subdomain, hostNetwork } = pod.spec;
  const name = hostname(pod);
  const names =
    subdomain === undefined || hostNetwork === true
      ? name
      : `${name}.${subdomain}.${pod.metadata.namespace}.svc.cluster.local\t${name}`;
  const head =
    hostNetwork === true
      ? ['# Kubernetes-managed hosts file (host network).', ...NODE_HOSTS]
      : ['# Kubernetes-managed hosts file.', ...LOCAL];
  return [
    ...head,
    ...addresses.map((address) => `${address}\t${names}`),
    ...(aliases.length === 0 ? [] : ['', '# Entries added by HostAliases.']),
    ...aliases.map(({ ip, hostnames }) => `${ip}\t${hostnames.join('\t')}`),
    '',
  ].join('\n');
};

/** Texts of resolv.conf, hosts and hostname. */
export const podFiles = (
  pod: KubeObject,
  plans: Plans,
  addresses: readonly string[],
): readonly [string, string, string] => [resolvConf(pod, plans), hosts(pod, addresses), hostname(pod)];
