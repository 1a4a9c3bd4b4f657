/** The address plan. Nothing in it reaches an interface of this machine. */
import { type Families, type Family, familyOf } from '../families.ts';

export const NODE_NAME = 'node-1';
export const API_PORT = 6443;

/** What a cluster uses of one address family. */
export interface AddressPlan {
  readonly family: Family;
  readonly node: string;
  /** The internet's end of the node's uplink: the node's default gateway. */
  readonly uplinkGateway: string;
  readonly uplinkPrefix: number;
  /** Of all nodes' pods, and of this node's. */
  readonly clusterRange: string;
  readonly podRange: string;
  readonly podPrefix: number;
  readonly podGateway: string;
  readonly serviceRange: string;
  readonly apiService: string;
  readonly dnsService: string;
  /** Serves the node's own resolv.conf, hence what CoreDNS forwards to. */
  readonly upstreamDns: string;
  /** The pod's address in a place on the node, 2 to 254. */
  readonly pod: (place: number) => string;
}

const PLANS: Readonly<Record<Family, AddressPlan>> = {
  ipv4: {
    family: 'ipv4',
    node: '192.168.240.10',
    uplinkGateway: '192.168.240.1',
    uplinkPrefix: 24,
    clusterRange: '10.244.0.0/16',
    podRange: '10.244.0.0/24',
    podPrefix: 24,
    podGateway: '10.244.0.1',
    serviceRange: '10.96.0.0/12',
    apiService: '10.96.0.1',
    dnsService: '10.96.0.10',
    upstreamDns: '203.0.113.53',
    pod: (place) => `10.244.0.${place}`,
  },
  ipv6: {
    family: 'ipv6',
    node: 'fd00:10:240::10',
    uplinkGateway: 'fd00:10:240::1',
    uplinkPrefix: 64,
    clusterRange: 'fd00:10:244::/56',
    podRange: 'fd00:10:244::/64',
    podPrefix: 64,
    podGateway: 'fd00:10:244::1',
    serviceRange: 'fd00:10:96::/112',
    apiService: 'fd00:10:96::1',
    dnsService: 'fd00:10:96::a',
    upstreamDns: '2001:db8:113::53',
    pod: (place) => `fd00:10:244::${place.toString(16)}`,
  },
};

/** One for each family of the cluster, in its order. */
export type Plans = readonly [AddressPlan, ...AddressPlan[]];
export const plansOf = ([first, ...rest]: Families): Plans => [
  PLANS[first],
  ...rest.map((family) => PLANS[family]),
];

export const ofEach = <T>([first, ...rest]: Plans, pick: (plan: AddressPlan) => T): readonly [T, ...T[]] => [
  pick(first),
  ...rest.map(pick),
];

/** Places on the node, handed out in turn, so that a freed one rests. */
export const PLACES = 253;
export const placeOf = (turn: number): number => 2 + (turn % PLACES);
/** Hardware address from the pod's place, so that no neighbour table ever holds an old one. */
export const macOf = (place: number): string => `0a:58:0a:f4:00:${place.toString(16).padStart(2, '0')}`;
export const BRIDGE_MAC = macOf(1);

/** Who lives in the internet; each serves HTTP on 80 and 8080 and TLS on 443. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['203.0.113.10', '2001:db8:113::10'],
  'www.example.com': ['203.0.113.10', '2001:db8:113::10'],
  'example.org': ['203.0.113.12', '2001:db8:113::12'],
  'aliyun.com': ['203.0.113.11', '2001:db8:113::11'],
  'www.aliyun.com': ['203.0.113.11', '2001:db8:113::11'],
  'kubernetes.io': ['203.0.113.13', '2001:db8:113::13'],
  'one.one.one.one': ['1.1.1.1', '2606:4700:4700::1111'],
  'dns.google': ['8.8.8.8', '2001:4860:4860::8888'],
};
/** Addresses that answer DNS queries, beside the node's own nameserver. */
const PUBLIC_NAMESERVERS: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['1.1.1.1', '8.8.8.8', '223.5.5.5'],
  ipv6: ['2606:4700:4700::1111', '2001:4860:4860::8888', '2400:3200::1'],
};

export interface Internet {
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Reachable ones: of the cluster's families. */
  readonly nameservers: readonly string[];
  readonly addresses: readonly string[];
}

/**
 * The internet of a cluster. As the real one it has names with addresses of both families, also where the cluster has IPv6 only;
 * an IPv4 cluster is told of no other.
 */
export const internetOf = (families: Families): Internet => {
  const own = (address: string) => families.some((family) => family === familyOf(address));
  const nameservers = families.flatMap((family) => [
    PLANS[family].upstreamDns,
    ...PUBLIC_NAMESERVERS[family],
  ]);
  const told = families.some((family) => family === 'ipv6') ? () => true : own;
  return {
    names: Object.fromEntries(
      Object.entries(NAMES).map(([name, addresses]) => [name, addresses.filter(told)]),
    ),
    nameservers,
    addresses: [...new Set([...Object.values(NAMES).flat().filter(own), ...nameservers])],
  };
};
