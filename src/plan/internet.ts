/** The way out: the defaults, or what the user named. */
import type { InternetTargets } from '../model/options.ts';
import { type Family, inUrl, isAddress } from './addresses.ts';
import { lookup } from './names.ts';
import type { Planned } from './planned.ts';

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

const pathMtu = (host: string): Planned => ({
  id: `path-mtu/${host}`,
  probe: 'path-mtu',
  purpose: 'path-mtu',
  question: { host },
});

const splitHostPort = (target: string): { readonly host: string; readonly port: number } => {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(target);
  if (bracketed?.[1] !== undefined) return { host: bracketed[1], port: Number(bracketed[2] ?? HTTPS) };
  const plain = /^([^:]+):(\d+)$/.exec(target);
  if (plain?.[1] !== undefined) return { host: plain[1], port: Number(plain[2]) };
  return { host: target, port: HTTPS };
};

const named = (target: string): readonly Planned[] => {
  if (/^https?:\/\//i.test(target)) {
    // As it goes over the wire: a host in other letters in its ASCII form, a path with its spaces encoded.
    const url = new URL(target);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return [...(isAddress(host) ? [] : [lookup(host)]), fetchUrl(url.href)];
  }
  const { host, port } = splitHostPort(target);
  return isAddress(host) ? [connect(host, port), ping(host)] : [lookup(host), connect(host, port)];
};

export const internet = (targets: InternetTargets, families: readonly Family[]): readonly Planned[] => {
  if (targets === 'none') return [];
  if (targets !== 'default') return targets.flatMap(named);
  const addresses = families.flatMap((family) => INTERNET_ADDRESSES[family]);
  const [firstName = ''] = INTERNET_NAMES;
  const firsts = families.flatMap((family) => INTERNET_ADDRESSES[family].slice(0, 1));
  return [
    ...INTERNET_NAMES.map((name) => lookup(`${name}.`)),
    // As an app writes it: through the search list, which costs a query for each of its domains.
    lookup(firstName),
    ...addresses.map((address) => connect(address, HTTPS)),
    ...INTERNET_NAMES.map((name) => fetchUrl(`https://${name}/`)),
    ...firsts.map(ping),
    ...firsts.map(pathMtu),
  ];
};
