/** Address families of a cluster. The first is the one that a Service, and the API server's own, has when nobody says which. */
export type Family = 'ipv4' | 'ipv6';
export type Families =
  | readonly ['ipv4']
  | readonly ['ipv6']
  | readonly ['ipv4', 'ipv6']
  | readonly ['ipv6', 'ipv4'];

export const IPV4_ONLY: Families = ['ipv4'];
const ALL: readonly Families[] = [IPV4_ONLY, ['ipv6'], ['ipv4', 'ipv6'], ['ipv6', 'ipv4']];

/** Of `ipv4`, `ipv6`, `ipv4,ipv6`, `ipv6,ipv4`; undefined for anything else. */
export const parseFamilies = (text: string): Families | undefined =>
  ALL.find((families) => families.join() === text);

/** As Services and EndpointSlices write it. */
export type IpFamily = 'IPv4' | 'IPv6';
export const IP_FAMILY: Readonly<Record<Family, IpFamily>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');
export const ipFamilyOf = (address: string): IpFamily => IP_FAMILY[familyOf(address)];

/** `10.0.0.1:80`, `[fd00::1]:80`, as Go's net.JoinHostPort. */
export const joinHostPort = (host: string, port: number | string): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
