/** What `--internet` takes: URL, IP, HOST, IP:PORT, [IPv6]:PORT or HOST:PORT. */
import { isIP } from 'node:net';
import { nameFault } from './target-ref.ts';

const portFault = (text: string): string | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
    ? undefined
    : `"${text}" is no port: 1 to 65535`;

export const urlFault = (text: string): string | undefined => {
  if (!/^https?:\/\//i.test(text)) return 'only http:// and https:// URLs can be tried';
  if (!URL.canParse(text)) return 'it is no valid URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return 'it carries a password, which would end up in the pod and in the report';
  return undefined;
};

/** Why `text` cannot be tried, or undefined when it can. */
export const internetFault = (text: string): string | undefined => {
  if (/[\s\p{Cc}]/u.test(text)) return 'it holds whitespace or a control character';
  if (text.includes('://')) return urlFault(text);
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
      : nameFault(host.toLowerCase().replace(/\.$/, ''), 'subdomain');
  if (hostFault !== undefined) return hostFault;
  return colon === -1 ? undefined : portFault(text.slice(colon + 1));
};
