/** What a word after `forward .` stands for, as CoreDNS takes it: an address, a file in the form of resolv.conf, or a name. */
import { readIpAddress, withoutMapping } from '../../../probes/shared/ip-address.ts';
import { isDomainName } from './dns-words.ts';
import { readInteger, splitHostPort } from './words.ts';

export type Transport = 'dns' | 'tls' | 'https' | 'https3' | 'quic' | 'grpc' | 'unix';

export interface TargetAddress {
  readonly kind: 'address';
  /** One spelling for each address, without its zone. */
  readonly ip: string;
  /** undefined: it is written, though not as a number. */
  readonly port: number | undefined;
  readonly transport: Transport;
  /** In brackets without a port, which CoreDNS reads since 1.14.2. */
  readonly bareBrackets: boolean;
}

export type Target =
  | TargetAddress
  | { readonly kind: 'file'; readonly path: string }
  /** CoreDNS 1.14.4 and later look it up; to others it is a file. */
  | { readonly kind: 'name'; readonly name: string }
  /** Looks like an address, and is none. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'nothing' };

const PORTS: Readonly<Record<Transport, number>> = {
  dns: 53,
  tls: 853,
  quic: 853,
  grpc: 443,
  https: 443,
  https3: 443,
  unix: 0,
};

const SCHEME = /^(?<transport>tls|dns|quic|grpc|https3|https|unix):\/\/(?<rest>.*)$/s;
const isTransport = (text: string): text is Transport => text in PORTS;

/** `tls://1.1.1.1` in its two parts; without a scheme it is plain DNS. */
export const splitTransport = (word: string): { readonly transport: Transport; readonly rest: string } => {
  const { transport, rest } = SCHEME.exec(word)?.groups ?? {};
  return transport !== undefined && rest !== undefined && isTransport(transport)
    ? { transport, rest }
    : { transport: 'dns', rest: word };
};

export const defaultPort = (transport: Transport): number => PORTS[transport];

/** Behind the last `%` stands the interface of a link-local address or, since 1.13.2, the server's name for TLS. */
const withoutZone = (host: string): string => {
  const percent = host.lastIndexOf('%');
  return percent === -1 ? host : host.slice(0, percent);
};

const readPort = (text: string): number | undefined => {
  const value = readInteger(text);
  return value === undefined ? undefined : Number(value);
};

/** Of digits and separators; of hexadecimal ones with several colons; or several addresses in one word. */
const looksLikeAddress = (text: string): boolean =>
  /^[\d.:[\]%]+$/.test(text) ||
  (/^[\da-f.:[\]]+$/i.test(text) && text.split(':').length > 2) ||
  /^\d+\.\d+\.\d+\.\d+[,;]/.test(text);

/** `word` may be anything. */
export const readTarget = (word: string): Target => {
  const { transport, rest } = splitTransport(word);
  if (rest === '') return { kind: 'nothing' };
  if (transport === 'unix') return { kind: 'name', name: word };
  const split = splitHostPort(rest);
  const bareBrackets = split === undefined && /^\[[^[\]]*\]$/.test(rest);
  const host = withoutZone(split?.host ?? (bareBrackets ? rest.slice(1, -1) : rest));
  const address = readIpAddress(host);
  if (address !== undefined) {
    const port = split === undefined ? PORTS[transport] : readPort(split.port);
    return { kind: 'address', ip: withoutMapping(address).address, port, transport, bareBrackets };
  }
  if (rest.startsWith('/') || (transport === 'dns' && rest.includes('/')))
    return { kind: 'file', path: rest };
  return looksLikeAddress(rest) || !isDomainName(host) ? { kind: 'malformed' } : { kind: 'name', name: rest };
};
