/** The keys of a server block: for which zones it answers, and where. */
import { byteLength, isDomainName, normalName } from './dns-words.ts';
import { quote } from './quote.ts';
import { reverseZonesOf } from './reverse-zones.ts';
import { defaultPort, splitTransport, type Transport } from './targets.ts';
import type { Token } from './tokens.ts';
import { readInteger } from './words.ts';

export interface Key {
  /** As it is written. */
  readonly text: string;
  readonly line: number;
  /** Lower case, with the dot at its end. Several of a block of addresses. */
  readonly zones: readonly string[];
  /** The same as it is written, but for the dot: before 1.14.7 `A` and `a` were two. */
  readonly spelt: readonly string[];
  /** undefined: that which the flag `-dns.port` names, 53 without it. */
  readonly port: number | undefined;
  readonly transport: Transport;
}

export type ReadKey =
  | { readonly kind: 'key'; readonly key: Key }
  /** Its text is not known. */
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly line: number; readonly text: string };

const LONGEST = 255;
const HIGHEST_PORT = 65_535;

/** The port that stands behind the last colon, if a number does. */
const splitPort = (text: string): { readonly name: string; readonly port: bigint | undefined } => {
  const colon = text.lastIndexOf(':');
  const port = colon === -1 ? undefined : readInteger(text.slice(colon + 1));
  return port === undefined ? { name: text, port } : { name: text.slice(0, colon), port };
};

const transportOf = (token: Token): ReturnType<typeof splitTransport> => {
  const split = splitTransport(token.text);
  // Servers have no unix sockets; there the whole text is the zone.
  return split.transport === 'unix' ? { transport: 'dns', rest: token.text } : split;
};

export const readKey = (token: Token): ReadKey => {
  if (token.open) return { kind: 'open' };
  const refused = (why: string): ReadKey => ({
    kind: 'refused',
    line: token.line,
    text: `${quote(token.text)} is no zone to serve: ${why}`,
  });
  const { transport, rest } = transportOf(token);
  if (rest === '' || rest.endsWith(':')) return refused('it ends where a name or a port should be');
  const { name, port } = splitPort(rest);
  if (byteLength(name) > LONGEST) return refused('it is too long');
  if (!isDomainName(name)) return refused('it is no domain name');
  if (port !== undefined && (port < 0n || port > HIGHEST_PORT)) return refused(`there is no port ${port}`);
  const reverse = reverseZonesOf(name);
  return {
    kind: 'key',
    key: {
      text: token.text,
      line: token.line,
      zones: reverse ?? [normalName(name)],
      spelt: reverse ?? [name.endsWith('.') ? name : `${name}.`],
      port: port !== undefined ? Number(port) : transport === 'dns' ? undefined : defaultPort(transport),
      transport,
    },
  };
};
