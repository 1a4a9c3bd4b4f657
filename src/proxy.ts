/** HTTPS_PROXY and NO_PROXY as Go's net/http, and so kubectl, reads them. */

type Environment = Readonly<Record<string, string | undefined>>;

const matches = (host: string, port: string, pattern: string): boolean => {
  const rule = pattern.trim().toLowerCase();
  if (rule === '') return false;
  if (rule === '*') return true;
  const [name = '', rulePort] = rule.startsWith('[')
    ? [rule.slice(1, rule.indexOf(']')), undefined]
    : splitPort(rule);
  if (rulePort !== undefined && rulePort !== port) return false;
  if (name.includes('/')) return inRange(host, name);
  // "example.com" matches itself and what is under it; ".example.com" only what is under it.
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || host.endsWith(`.${suffix}`);
};

const splitPort = (rule: string): readonly [string, string | undefined] => {
  const colon = rule.lastIndexOf(':');
  // More than one colon is an IPv6 address.
  return colon === -1 || rule.indexOf(':') !== colon
    ? [rule, undefined]
    : [rule.slice(0, colon), rule.slice(colon + 1)];
};

const ipv4 = (text: string): number | undefined => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
};

const inRange = (host: string, range: string): boolean => {
  const [base = '', bits = ''] = range.split('/');
  const address = ipv4(host);
  const network = ipv4(base);
  if (address === undefined || network === undefined || !/^\d{1,2}$/.test(bits)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(network / size);
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
