/** HTTPS_PROXY and NO_PROXY as Go's net/http, and so kubectl, reads them. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** `name`, `name:port`, `[address]:port`; more than one colon without brackets is an IPv6 address. */
const splitPort = (rule: string): readonly [string, string | undefined] => {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(rule);
  if (bracketed !== null) return [bracketed[1] ?? '', bracketed[2]];
  const colon = rule.lastIndexOf(':');
  return colon === -1 || rule.indexOf(':') !== colon
    ? [rule, undefined]
    : [rule.slice(0, colon), rule.slice(colon + 1)];
};

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;

const inRange = (host: string, range: string): boolean => {
  const [base = '', bits = ''] = range.split('/');
  const family = familyOf(base);
  const hostFamily = familyOf(host);
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : undefined;
  if (family === undefined || hostFamily === undefined || length === undefined) return false;
  if (length > (family === 'ipv4' ? 32 : 128)) return false;
  const ranges = new BlockList();
  ranges.addSubnet(base, length, family);
  return ranges.check(host, hostFamily);
};

/** The same address may be written in several ways (::1, 0:0:0:0:0:0:0:1). */
const isSameAddress = (host: string, address: string): boolean => {
  const family = familyOf(address);
  return (
    family !== undefined &&
    family === familyOf(host) &&
    inRange(host, `${address}/${family === 'ipv4' ? 32 : 128}`)
  );
};

const matches = (host: string, port: string, pattern: string): boolean => {
  const rule = pattern.trim().toLowerCase();
  if (rule === '') return false;
  if (rule === '*') return true;
  if (rule.includes('/')) return inRange(host, rule);
  const [name, rulePort] = splitPort(rule);
  if (rulePort !== undefined && rulePort !== port) return false;
  if (familyOf(name) !== undefined) return isSameAddress(host, name);
  // "example.com" matches itself and what is under it; ".example.com" only what is under it.
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || host.endsWith(`.${suffix}`);
};

/** The proxy for a server's URL, or undefined. Loopback is never proxied, as in Go. */
export const proxyFor = (server: string, env: Environment): string | undefined => {
  const url = new URL(server);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return undefined;
  const proxy =
    url.protocol === 'https:' ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy;
  if (proxy === undefined || proxy === '') return undefined;
  const exceptions = (env.NO_PROXY || env.no_proxy || '').split(',');
  if (exceptions.some((pattern) => matches(host, port, pattern))) return undefined;
  return /^[a-z0-9]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
};
