/** What `--internet` takes: URL, IP, HOST, IP:PORT, [IPv6]:PORT or HOST:PORT. */
import { isIP } from 'node:net';
import { nameFault } from './target-ref.ts';

const portFault = (text: string): string | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
    ? undefined
    : `"${text}" is no port: 1 to 65535`;

/** Of a target with a user name. */
export const CREDENTIALS_FAULT = 'it carries a password, which would end up in the pod and in the report';

export const urlFault = (text: string): string | undefined => {
  if (!/^https?:\/\//i.test(text)) return 'only http:// and https:// URLs can be tried';
  // Not URL.canParse: once V8 has optimised it, Node 22 takes letters such as ü for broken UTF-8.
  const url = URL.parse(text);
  if (url === null) return 'it is no valid URL';
  if (url.username !== '' || url.password !== '') return CREDENTIALS_FAULT;
  return undefined;
};

/**
 * Where clouds tell a machine its own credentials. Nobody asks for them to see whether a network works, and an answer could end up in a
 * report: an app that needs them is checked with `--allow-metadata`.
 */
const METADATA: readonly string[] = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  'fd00:ec2::254',
  'metadata.google.internal',
];
/** 169.254.169.254 as IPv6 maps it. */
const MAPPED_METADATA = '::ffff:a9fe:a9fe';
export const METADATA_FAULT =
  "a cloud's metadata service hands out credentials; add --allow-metadata if it is meant";

/** Of a valid target: URL, [IPv6]:PORT, HOST:PORT, or an address. A URL's is in one spelling, whatever was typed. */
const hostOf = (target: string): string => {
  if (target.includes('://')) return new URL(target).hostname;
  const bracketed = /^\[([^\]]+)\]/.exec(target)?.[1];
  if (bracketed !== undefined) return bracketed;
  return isIP(target) === 6 ? target : (target.split(':')[0] ?? '');
};

/** Whether a valid target is a cloud's metadata service. */
export const isMetadata = (target: string): boolean => {
  const host = hostOf(target);
  const bare = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const spelled = isIP(bare) === 6 ? new URL(`http://[${bare}]`).hostname.replace(/^\[|\]$/g, '') : bare;
  return METADATA.includes(spelled) || spelled === MAPPED_METADATA;
};

/** Why `text` cannot be tried, or undefined when it can. */
export const internetFault = (text: string): string | undefined => {
  if (/[\s\p{Cc}]/u.test(text)) return 'it holds whitespace or a control character';
  if (text.includes('://')) return urlFault(text);
  if (text.includes('@')) return CREDENTIALS_FAULT;
  if (text.includes('%')) return 'an address with a zone belongs to one link, not to the internet';
  if (isIP(text) !== 0) return undefined;
  const bracketed = /^\[([^\]]+)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) {
    const [, address = '', port] = bracketed;
    if (isIP(address) !== 6) return `"${address}" is no IPv6 address`;
    return port === undefined ? undefined : portFault(port);
  }
  const colon = text.indexOf(':');
  const host = colon === -1 ? text : text.slice(0, colon);
  const hostFault =
    isIP(host) === 0 && /^[\d.]+$/.test(host)
      ? `"${host}" is no IPv4 address`
      : nameFault(host.toLowerCase().replace(/\.$/, ''), 'host');
  if (hostFault !== undefined) return hostFault;
  return colon === -1 ? undefined : portFault(text.slice(colon + 1));
};
