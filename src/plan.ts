/** What is asked of the pod, worked out from what is known of it. Pure: the same evidence gives the same plan. */
import type { Observation } from '../probes/index.ts';
import type { Evidence } from './model/evidence.ts';
import type { CheckOptions } from './model/options.ts';
import type { Ask } from './model/probe.ts';

type Planned = Observation extends infer O
  ? O extends Observation
    ? Ask<O['probe'], O['question']> & { probe: O['probe'] }
    : never
  : never;

type InternetTargets = CheckOptions['internet'];
type Family = 'ipv4' | 'ipv6';

/**
 * Contacted by default, any one that answers is enough: no region, and no single operator's bad day, makes a pod "broken".
 * README says so too.
 */
export const INTERNET_ADDRESSES: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['1.1.1.1', '8.8.8.8', '223.5.5.5'],
  ipv6: ['2606:4700:4700::1111', '2001:4860:4860::8888', '2400:3200::1'],
};
export const INTERNET_NAMES: readonly string[] = ['example.com', 'aliyun.com'];

const HTTPS = 443;

const isIpv6 = (host: string): boolean => host.includes(':');
const isAddress = (host: string): boolean => isIpv6(host) || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
const inUrl = (host: string): string => (isIpv6(host) ? `[${host}]` : host);

const familiesOf = (evidence: Pick<Evidence, 'pod'>): readonly Family[] => {
  const status = evidence.pod.state === 'known' ? evidence.pod.value.status : {};
  const ips = status.podIPs?.map(({ ip }) => ip) ?? (status.podIP === undefined ? [] : [status.podIP]);
  const families = (['ipv4', 'ipv6'] as const).filter((family) =>
    ips.some((ip) => isIpv6(ip) === (family === 'ipv6')),
  );
  return families.length === 0 ? ['ipv4'] : families;
};

const podBasics: readonly Planned[] = [
  { id: 'interface/addresses', probe: 'interface', purpose: 'interface', question: { read: 'addresses' } },
  { id: 'interface/routes', probe: 'interface', purpose: 'interface', question: { read: 'routes' } },
  { id: 'resolv-conf', probe: 'resolv-conf', purpose: 'resolver-config', question: {} },
];

/** Absolute, and through the search list: a cluster whose domain is not cluster.local answers only the second. */
const clusterNames: readonly Planned[] = [
  'kubernetes.default.svc.cluster.local.',
  'kubernetes.default.svc',
].map((name) => ({
  id: `dns-lookup/${name}`,
  probe: 'dns-lookup',
  purpose: 'cluster-name',
  question: { name },
}));

/**
 * TCP 53 of the nameserver that the pod will use. Large answers need it; and where the nameserver is refused, it is the ask that
 * shows so for sure: the kernel limits how many refusals it tells (icmp_ratelimit), and TCP asks again after a second, UDP does not.
 */
const nameserver = (evidence: Pick<Evidence, 'pod' | 'dnsService'>): readonly Planned[] => {
  if (evidence.pod.state !== 'known') return [];
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = evidence.pod.value.spec;
  const usesCluster =
    dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && hostNetwork !== true);
  const own = evidence.dnsService.state === 'known' ? evidence.dnsService.value.spec.clusterIP : undefined;
  const servers = usesCluster ? (own === undefined ? [] : [own]) : (dnsConfig?.nameservers ?? []).slice(0, 3);
  return servers.map((host) => ({
    id: `tcp-connect/nameserver/${host}`,
    probe: 'tcp-connect',
    purpose: 'nameserver',
    question: { host, port: 53 },
  }));
};

const kubernetesApi = (evidence: Pick<Evidence, 'apiService'>): readonly Planned[] => {
  const service = evidence.apiService.state === 'known' ? evidence.apiService.value : undefined;
  // Where the Service may not be read its name has to do.
  const host = service?.spec.clusterIP ?? 'kubernetes.default.svc';
  const port = service?.spec.ports?.[0]?.port ?? HTTPS;
  return [
    {
      id: 'tcp-connect/kubernetes-api',
      probe: 'tcp-connect',
      purpose: 'kubernetes-api',
      question: { host, port },
    },
    {
      id: 'http-get/kubernetes-api',
      probe: 'http-get',
      purpose: 'kubernetes-api',
      // /version needs no rights on most clusters; 401 and 403 prove as much. Its CA is not what is asked about.
      question: { url: `https://${inUrl(host)}:${port}/version`, insecure: true },
    },
  ];
};

const node = (evidence: Pick<Evidence, 'pod'>): readonly Planned[] => {
  const hostIP = evidence.pod.state === 'known' ? evidence.pod.value.status.hostIP : undefined;
  if (hostIP === undefined) return [];
  return [{ id: 'icmp-echo/node', probe: 'icmp-echo', purpose: 'node', question: { host: hostIP } }];
};

/** The name as it is written: through the search list where it does not end in a dot, as the app would ask for it. */
const lookup = (written: string): Planned => {
  const name = written.replace(/\.+$/, '.');
  return {
    id: `dns-lookup/${name}`,
    probe: 'dns-lookup',
    purpose: 'external-name',
    question: { name },
  };
};

const connect = (host: string, port: number): Planned => ({
  id: `tcp-connect/${inUrl(host)}:${port}`,
  probe: 'tcp-connect',
  purpose: 'internet',
  question: { host, port },
});

const fetchUrl = (url: string): Planned => ({
  id: `http-get/${url}`,
  probe: 'http-get',
  purpose: 'internet',
  // Whether the way out works is asked, not who answers: a company's proxy may re-sign what it passes.
  question: { url, insecure: true },
});

const ping = (host: string): Planned => ({
  id: `icmp-echo/${host}`,
  probe: 'icmp-echo',
  purpose: 'internet',
  question: { host },
});

const splitHostPort = (target: string): { readonly host: string; readonly port: number } => {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(target);
  if (bracketed?.[1] !== undefined) return { host: bracketed[1], port: Number(bracketed[2] ?? HTTPS) };
  const plain = /^([^:]+):(\d+)$/.exec(target);
  if (plain?.[1] !== undefined) return { host: plain[1], port: Number(plain[2]) };
  return { host: target, port: HTTPS };
};

const internetTarget = (target: string): readonly Planned[] => {
  if (/^https?:\/\//i.test(target)) {
    const host = new URL(target).hostname.replace(/^\[|\]$/g, '');
    return [...(isAddress(host) ? [] : [lookup(host)]), fetchUrl(target)];
  }
  const { host, port } = splitHostPort(target);
  return isAddress(host) ? [connect(host, port), ping(host)] : [lookup(host), connect(host, port)];
};

const internet = (targets: InternetTargets, families: readonly Family[]): readonly Planned[] => {
  if (targets === 'none') return [];
  if (targets !== 'default') return targets.flatMap(internetTarget);
  const addresses = families.flatMap((family) => INTERNET_ADDRESSES[family]);
  return [
    ...INTERNET_NAMES.map((name) => lookup(`${name}.`)),
    ...addresses.map((address) => connect(address, HTTPS)),
    ...INTERNET_NAMES.map((name) => fetchUrl(`https://${name}/`)),
    ...addresses.slice(0, 1).map(ping),
  ];
};

/** The suite for one pod; each ask has an id of its own, and their order does not matter. */
export const plan = (
  evidence: Pick<Evidence, 'pod' | 'apiService' | 'dnsService'>,
  targets: InternetTargets,
): readonly Planned[] => {
  const asks = [
    ...podBasics,
    ...clusterNames,
    ...nameserver(evidence),
    ...kubernetesApi(evidence),
    ...node(evidence),
    ...internet(targets, familiesOf(evidence)),
  ];
  // A target that was named twice is asked once.
  return [...new Map(asks.map((ask) => [ask.id, ask])).values()];
};
