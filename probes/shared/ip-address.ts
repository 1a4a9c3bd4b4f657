/** IP addresses as text. */

export type Family = 'ipv4' | 'ipv6';

export interface IpAddress {
  readonly family: Family;
  /** Dotted, or as RFC 5952 writes it: one spelling for each address. */
  readonly address: string;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6_CHARACTERS = /^[\da-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i;

/** undefined: not an address. A zone (`%eth0`) is no part of one. */
export const readIpAddress = (text: string): IpAddress | undefined => {
  if (IPV4.test(text)) return { family: 'ipv4', address: text };
  if (!IPV6_CHARACTERS.test(text)) return undefined;
  try {
    return { family: 'ipv6', address: new URL(`http://[${text}]/`).hostname.slice(1, -1) };
  } catch {
    return undefined;
  }
};

const MAPPED = /^::ffff:(?<high>[\da-f]{1,4}):(?<low>[\da-f]{1,4})$/;

/** An IPv4 address that stands in an IPv6 one (`::ffff:10.0.0.1`), as itself: its packets are IPv4. */
export const withoutMapping = (ip: IpAddress): IpAddress => {
  const { high, low } = MAPPED.exec(ip.address)?.groups ?? {};
  if (high === undefined || low === undefined) return ip;
  const bytes = [high, low].map((hex) => Number.parseInt(hex, 16)).flatMap((word) => [word >> 8, word & 255]);
  return { family: 'ipv4', address: bytes.join('.') };
};
