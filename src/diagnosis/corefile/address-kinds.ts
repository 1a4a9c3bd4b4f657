/** Addresses at which no resolver can be, or hardly. Private ranges are plain: resolvers live there. */
import { contains, readAddress, readCidr } from '../policy/cidr.ts';

export type Oddity =
  | 'unspecified'
  | 'loopback'
  | 'link-local'
  | 'multicast'
  | 'broadcast'
  | 'documentation'
  | 'benchmarking'
  | 'reserved';

/** The first that holds. IANA's registries of special-purpose addresses; RFC 5771, 6890, 9637. */
const RANGES: readonly (readonly [string, Oddity])[] = [
  ['0.0.0.0/8', 'unspecified'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['192.0.2.0/24', 'documentation'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['198.18.0.0/15', 'benchmarking'],
  ['224.0.0.0/4', 'multicast'],
  ['255.255.255.255/32', 'broadcast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['100::/64', 'reserved'],
  ['2001:2::/48', 'benchmarking'],
  ['2001:db8::/32', 'documentation'],
  ['3fff::/20', 'documentation'],
  ['fe80::/10', 'link-local'],
  ['ff00::/8', 'multicast'],
];

/** Where resolvers do live: NodeLocal DNSCache (as its manifest and Kubespray have it), and those of clouds. */
const KNOWN_RESOLVERS = new Set([
  '169.254.20.10',
  '169.254.25.10',
  '169.254.169.253',
  '169.254.169.254',
  '169.254.169.250',
  'fd00:ec2::253',
]);

const ranges = RANGES.flatMap(([text, kind]) => {
  const cidr = readCidr(text);
  return cidr === undefined ? [] : [{ cidr, kind }];
});

/** undefined: an address like others. `ip` may be anything. */
export const oddityOf = (ip: string): Oddity | undefined => {
  const address = readAddress(ip);
  if (address === undefined || KNOWN_RESOLVERS.has(address.address)) return undefined;
  return ranges.find(({ cidr }) => contains(cidr, address))?.kind;
};
