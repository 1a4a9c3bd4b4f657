/** `--to`: `svc/web.shop:80`, `pod/web-0:8080`, `ingress/web`, `web:http`, `10.96.0.7:443`, `https://example.com/x` → DestinationRef. */
import { isIP } from 'node:net';
import type { DestinationOption, DestinationRef } from '../model/options.ts';
import { CREDENTIALS_FAULT, urlFault } from './internet-target.ts';
import { nameFault } from './target-ref.ts';
import { closest, usageError } from './usage-error.ts';

const FORMS = 'write svc/NAME[.NAMESPACE][:PORT], pod/NAME[:PORT], ingress/NAME, HOST:PORT, IP:PORT or a URL';

type ObjectKind = Extract<DestinationRef, { name: string }>['kind'];
const KINDS: Readonly<Record<ObjectKind, readonly string[]>> = {
  service: ['service', 'services', 'svc'],
  pod: ['pod', 'pods', 'po'],
  ingress: ['ingress', 'ingresses', 'ing'],
};
const OBJECT_KINDS = ['service', 'pod', 'ingress'] as const;

/** All before the last @, with or without a scheme: `user:password@host` is often typed so. */
const withoutPassword = (text: string): string => text.replace(/^(.*?:\/\/)?.*@/s, '$1...@');

const wrong = (text: string, reason: string): Error =>
  usageError('bad-value', `--to: cannot reach for "${withoutPassword(text)}"`, { reason });

/** IANA service names: what Kubernetes takes for the name of a port. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

const portOf = (text: string, port: string | undefined): number | string | undefined => {
  if (port === undefined) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return Number(port);
  if (PORT_NAME.test(port) && port.length <= 63) return port;
  throw wrong(text, `"${port}" is no port: 1 to 65535, or its name`);
};

const numberOf = (text: string, port: string | undefined): number | undefined => {
  const number = portOf(text, port);
  if (typeof number === 'string') throw wrong(text, `"${number}" is no port: an address takes 1 to 65535`);
  return number;
};

const named = (text: string, name: string, form: 'label' | 'subdomain' | 'host'): string => {
  const fault = nameFault(name, form);
  if (fault !== undefined) throw wrong(text, `"${name}": ${fault}`);
  return name;
};

const objectRef = (text: string, word: string, rest: string): DestinationRef => {
  const kind = OBJECT_KINDS.find((candidate) => KINDS[candidate].includes(word.toLowerCase()));
  if (kind === undefined) {
    const meant = closest(
      word.toLowerCase(),
      OBJECT_KINDS.flatMap((candidate) => KINDS[candidate]),
    );
    throw wrong(
      text,
      `${meant === undefined ? `"${word}" is nothing that can be reached` : `did you mean ${meant}/…?`}; ${FORMS}`,
    );
  }
  const [name = '', port, ...more] = rest.split(':');
  if (more.length > 0 || name === '') throw wrong(text, FORMS);
  if (kind !== 'service') return { kind, name: named(text, name, 'subdomain'), port: portOf(text, port) };
  const [service = '', namespace, ...deeper] = name.split('.');
  // `web.shop.svc` and `web.shop.svc.cluster.local` are the same Service.
  if (deeper.length > 0 && deeper[0] !== 'svc') throw wrong(text, FORMS);
  return {
    kind,
    name: named(text, service, 'label'),
    ...(namespace === undefined ? {} : { namespace: named(text, namespace, 'label') }),
    port: portOf(text, port),
  };
};

const hostRef = (text: string): DestinationRef => {
  if (isIP(text) !== 0) return { kind: 'address', address: text };
  const bracketed = /^\[([^\]]+)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) {
    const [, address = '', port] = bracketed;
    if (isIP(address) !== 6) throw wrong(text, `"${address}" is no IPv6 address`);
    return { kind: 'address', address, port: numberOf(text, port) };
  }
  const [host = '', port, ...more] = text.split(':');
  if (more.length > 0) throw wrong(text, FORMS);
  if (isIP(host) === 4) return { kind: 'address', address: host, port: numberOf(text, port) };
  if (/^[\d.]+$/.test(host)) throw wrong(text, `"${host}" is no IPv4 address`);
  named(text, host.toLowerCase().replace(/\.$/, ''), 'host');
  return { kind: 'host', host, port: portOf(text, port) };
};

/** Throws a UserError (exit status 2). */
export const readDestination = (text: string): DestinationOption => {
  if (text === '') throw wrong(text, FORMS);
  if (/[\s\p{Cc}]/u.test(text)) throw wrong(text, 'it holds whitespace or a control character');
  if (text.includes('://')) {
    const fault = urlFault(text);
    if (fault !== undefined) throw wrong(text, fault);
    return { requested: text, ref: { kind: 'url', url: new URL(text).href } };
  }
  if (text.includes('@')) throw wrong(text, CREDENTIALS_FAULT);
  if (text.includes('%')) throw wrong(text, 'an address with a zone belongs to one link');
  const slash = text.indexOf('/');
  if (slash === -1) return { requested: text, ref: hostRef(text) };
  return { requested: text, ref: objectRef(text, text.slice(0, slash), text.slice(slash + 1)) };
};
