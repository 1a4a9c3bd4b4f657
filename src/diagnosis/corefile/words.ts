/** What a word of a Corefile may be: numbers, durations, addresses, as Go and CoreDNS read them. */
import { readIpAddress } from '../../../probes/shared/ip-address.ts';
import { type Cidr, readCidr } from '../policy/cidr.ts';

export interface WordKind {
  /** `a whole number`: what is expected, for a sentence. */
  readonly expects: string;
  readonly accepts: (word: string) => boolean;
}

export const ANY: WordKind = { expects: 'a word', accepts: () => true };

const INT64_MAX = 9_223_372_036_854_775_807n;
/** Go's `Atoi`. */
export const readInteger = (word: string): bigint | undefined => {
  if (!/^[+-]?\d{1,40}$/.test(word)) return undefined;
  const value = BigInt(word.replace(/^\+/, ''));
  return value <= INT64_MAX && value >= -INT64_MAX - 1n ? value : undefined;
};

const inRange = (expects: string, low: bigint, high: bigint): WordKind => ({
  expects,
  accepts: (word) => {
    const value = readInteger(word);
    return value !== undefined && value >= low && value <= high;
  },
});
export const INTEGER = inRange('a whole number', -INT64_MAX - 1n, INT64_MAX);
export const NOT_NEGATIVE = inRange('a whole number, not negative', 0n, INT64_MAX);
export const POSITIVE = inRange('a whole number above zero', 1n, INT64_MAX);
export const between = (low: number, high: number): WordKind =>
  inRange(`a whole number from ${low} to ${high}`, BigInt(low), BigInt(high));
/** `ParseUint`: without a sign. */
export const unsigned = (bits: number): WordKind => ({
  expects: 'a whole number without a sign',
  accepts: (word) => /^\d{1,40}$/.test(word) && BigInt(word) < 1n << BigInt(bits),
});

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const PART = /(?<number>\d+(?:\.\d*)?|\.\d+)(?<unit>ns|us|µs|μs|ms|s|m|h)/y;
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** Seconds, as Go's `ParseDuration` reads them: each number needs its unit, but for 0. */
export const readDuration = (word: string): number | undefined => {
  const text = word.replace(/^[+-]/, '');
  if (text === '0') return 0;
  let seconds = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(text); part !== null; part = PART.exec(text)) {
    seconds += Number(part.groups?.number) * (UNITS[part.groups?.unit ?? ''] ?? 0);
    end = PART.lastIndex;
  }
  if (end === 0 || end !== text.length || seconds > LONGEST_SECONDS) return undefined;
  return word.startsWith('-') ? -seconds : seconds;
};

const durationThat = (expects: string, holds: (seconds: number) => boolean): WordKind => ({
  expects,
  accepts: (word) => {
    const seconds = readDuration(word);
    return seconds !== undefined && holds(seconds);
  },
});
export const DURATION = durationThat('a duration with its unit, such as 5s', () => true);
export const DURATION_NOT_NEGATIVE = durationThat('a duration with its unit, such as 5s', (s) => s >= 0);
export const DURATION_POSITIVE = durationThat('a duration above zero, such as 5s', (s) => s > 0);
export const durationBetween = (low: number, high: number, words: string): WordKind =>
  durationThat(`a duration ${words}`, (s) => s >= low && s <= high);

/** A bare number is seconds. */
export const withSeconds = (kind: WordKind): WordKind => ({
  ...kind,
  accepts: (word) => kind.accepts(readInteger(word) === undefined ? word : `${word}s`),
});

export const choice = (...words: readonly string[]): WordKind => ({
  expects: words.length === 1 ? `only ${words[0]}` : `one of ${words.join(', ')}`,
  accepts: (word) => words.includes(word),
});
/** In capitals or not. */
export const choiceOfAnyCase = (...words: readonly string[]): WordKind => ({
  ...choice(...words),
  accepts: (word) => words.includes(word.toLowerCase()),
});

/** `host:port`, `[::1]:53`. */
export interface HostPort {
  readonly host: string;
  readonly port: string;
}
const BRACKETED = /^\[(?<host>[^[\]]*)\]:(?<port>[^[\]:]*)$/;
const PLAIN = /^(?<host>[^[\]:]*):(?<port>[^[\]:]*)$/;
/** Go's `SplitHostPort`: the port has to be there, and an IPv6 address has to have brackets. */
export const splitHostPort = (word: string): HostPort | undefined => {
  const { host, port } = (BRACKETED.exec(word) ?? PLAIN.exec(word))?.groups ?? {};
  return host === undefined || port === undefined ? undefined : { host, port };
};
export const LISTEN_ADDRESS: WordKind = {
  expects: 'an address with a port, such as :8080',
  accepts: (word) => splitHostPort(word) !== undefined,
};

export const isAddress = (word: string): boolean => readIpAddress(word) !== undefined;
export const ADDRESS: WordKind = { expects: 'an IP address', accepts: isAddress };
export const ADDRESS_OR_WITH_PORT: WordKind = {
  expects: 'an IP address, with or without a port',
  accepts: (word) => isAddress(splitHostPort(word)?.host ?? word),
};
/** Go minds no zeros before the length. */
export const readBlock = (word: string): Cidr | undefined => readCidr(word.replace(/\/0+(?=\d)/, '/'));
export const CIDR: WordKind = {
  expects: 'a block of addresses, such as 10.0.0.0/8',
  accepts: (word) => readBlock(word) !== undefined,
};
