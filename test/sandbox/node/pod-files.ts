/** The pod's own resolv.conf, hosts and environment, as the kubelet writes them. Source: kubelet/network/dns/dns.go, envvars.go. */
import type { KubeObject } from '../contract.ts';
import { API_SERVICE, DNS_SERVICE, UPSTREAM_DNS } from './addresses.ts';

const MAX_NAMESERVERS = 3;

interface Resolver {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
}

const fromPolicy = (pod: KubeObject): Resolver => {
  const policy: string = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const cluster =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && pod.spec.hostNetwork !== true);
  if (policy === 'None') return { nameservers: [], search: [], options: [] };
  if (!cluster) return { nameservers: [UPSTREAM_DNS], search: [], options: [] };
  const { namespace } = pod.metadata;
  return {
    nameservers: [DNS_SERVICE],
    search: [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
    options: ['ndots:5'],
  };
};

/** Nameservers of the pod, first first. */
export const nameserversOf = (pod: KubeObject): readonly string[] => {
  const own: readonly string[] = pod.spec.dnsConfig?.nameservers ?? [];
  return [...new Set([...fromPolicy(pod).nameservers, ...own])].slice(0, MAX_NAMESERVERS);
};

export const resolvConf = (pod: KubeObject): string => {
  const base = fromPolicy(pod);
  const config = pod.spec.dnsConfig ?? {};
  const search = [...new Set([...base.search, ...(config.searches ?? [])])];
  const options = new Map(base.options.map((option) => [option.split(':')[0] ?? '', option]));
  for (const { name, value } of config.options ?? []) {
    options.set(name, value === undefined ? name : `${name}:${value}`);
  }
  return [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}`]),
    ...nameserversOf(pod).map((address) => `nameserver ${address}`),
    ...(options.size === 0 ? [] : [`options ${[...options.values()].join(' ')}`]),
    '',
  ].join('\n');
};

export const hosts = (pod: KubeObject, address: string): string => {
  const aliases: readonly { ip: string; hostnames: readonly string[] }[] = pod.spec.hostAliases ?? [];
  return [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    `${address}\t${hostname(pod)}`,
    ...aliases.map(({ ip, hostnames }) => `${ip}\t${hostnames.join('\t')}`),
    '',
  ].join('\n');
};

export const hostname = (pod: KubeObject): string => pod.spec.hostname ?? pod.metadata.name;

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const serviceVariables = (service: KubeObject): Readonly<Record<string, string>> => {
  const host: string | undefined = service.spec.clusterIP;
  const port = service.spec.ports?.[0]?.port;
  if (host === undefined || host === 'None' || port === undefined) return {};
  const prefix = service.metadata.name.toUpperCase().replace(/-/g, '_');
  return { [`${prefix}_SERVICE_HOST`]: host, [`${prefix}_SERVICE_PORT`]: String(port) };
};

/** `services`: those of the pod's namespace. */
export const environment = (
  pod: KubeObject,
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  container: any,
  services: readonly KubeObject[],
): Readonly<Record<string, string>> => {
  const linked = pod.spec.enableServiceLinks === false ? [] : services;
  const given: readonly { name: string; value?: string }[] = container.env ?? [];
  return {
    PATH,
    HOSTNAME: hostname(pod),
    HOME: '/root',
    ...Object.assign({}, ...linked.map(serviceVariables)),
    KUBERNETES_SERVICE_HOST: API_SERVICE,
    KUBERNETES_SERVICE_PORT: '443',
    KUBERNETES_SERVICE_PORT_HTTPS: '443',
    KUBERNETES_PORT: `tcp://${API_SERVICE}:443`,
    ...Object.fromEntries(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  };
};
