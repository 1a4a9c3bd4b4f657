/** The address plan. Nothing in it reaches an interface of this machine. */
export const NODE_NAME = 'node-1';
export const NODE_ADDRESS = '192.168.240.10';
/** The internet's end of the node's uplink: the node's default gateway. */
export const UPLINK_GATEWAY = '192.168.240.1';
export const UPLINK_PREFIX = 24;
export const API_PORT = 6443;

export const CLUSTER_RANGE = '10.244.0.0/16';
export const POD_RANGE = '10.244.0.0/24';
export const POD_PREFIX = 24;
export const POD_GATEWAY = '10.244.0.1';
export const SERVICE_RANGE = '10.96.0.0/12';
export const API_SERVICE = '10.96.0.1';
export const DNS_SERVICE = '10.96.0.10';
/** Serves the node's own resolv.conf, hence what CoreDNS forwards to. */
export const UPSTREAM_DNS = '203.0.113.53';

/** Who lives in the internet; each serves HTTP on 80 and 8080 and TLS on 443. */
export const INTERNET_NAMES: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['203.0.113.10'],
  'www.example.com': ['203.0.113.10'],
  'example.org': ['203.0.113.12'],
  'aliyun.com': ['203.0.113.11'],
  'www.aliyun.com': ['203.0.113.11'],
  'kubernetes.io': ['203.0.113.13'],
  'one.one.one.one': ['1.1.1.1'],
  'dns.google': ['8.8.8.8'],
};
/** Addresses that answer DNS queries. */
export const INTERNET_NAMESERVERS = [UPSTREAM_DNS, '1.1.1.1', '8.8.8.8', '223.5.5.5'] as const;
export const INTERNET_ADDRESSES: readonly string[] = [
  ...new Set([...Object.values(INTERNET_NAMES).flat(), ...INTERNET_NAMESERVERS]),
];

/** The nth pod address: .2 to .254. Addresses are handed out in turn, so that a freed one rests. */
export const podAddress = (n: number): string => `10.244.0.${2 + (n % 253)}`;
/** Hardware address from the IPv4 address, so that no neighbour table ever holds an old one. */
export const macOf = (address: string): string =>
  `0a:58:${address
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join(':')}`;
