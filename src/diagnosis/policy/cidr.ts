/**
 * Addresses and the blocks they lie in. Our own, for `node:net` (BlockList) is not for this part of the tree, and would throw on what it
 * cannot read, where we say that it is not known. IPv4-mapped IPv6 (`::ffff:10.0.0.1`) is IPv4, as Go's net package has it.
 */
import { type IpAddress, readIpAddress, withoutMapping } from '../../../probes/shared/ip-address.ts';
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { type Match, no, unknown, YES } from './match.ts';
import { surplusField } from './surplus.ts';

type EgressRule = NonNullable<NetworkPolicy['spec']['egress']>[number];
export type IpBlock = NonNullable<NonNullable<EgressRule['to']>[number]['ipBlock']>;

export interface Address extends IpAddress {
  /** 16 bits each: 2 of IPv4, 8 of IPv6. */
  readonly words: readonly number[];
}

const wordsOfIpv4 = (address: string): readonly number[] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
};

/** `address` as RFC 5952 writes it. */
const wordsOfIpv6 = (address: string): readonly number[] => {
  const [head = '', tail] = address.split('::');
  const read = (part: string): readonly number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [read(head), read(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
};

const withWords = (ip: IpAddress): Address => ({
  ...ip,
  words: ip.family === 'ipv4' ? wordsOfIpv4(ip.address) : wordsOfIpv6(ip.address),
});

/** undefined: not an address. */
export const readAddress = (text: string): Address | undefined => {
  const ip = readIpAddress(text);
  return ip === undefined ? undefined : withWords(withoutMapping(ip));
};

export interface Cidr {
  readonly base: Address;
  readonly prefixLength: number;
}

const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;
const MAPPED_BITS = 96;

/** undefined: not a block, or one that readers take differently (leading zeros). Bits after the prefix do not matter. */
export const readCidr = (text: string): Cidr | undefined => {
  const [address = '', length = '', ...rest] = text.split('/');
  const ip = readIpAddress(address);
  if (ip === undefined || rest.length > 0 || !PREFIX_LENGTH.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > (ip.family === 'ipv4' ? 32 : 128)) return undefined;
  if (ip.family === 'ipv4') return { base: withWords(ip), prefixLength };
  const inside = withoutMapping(ip);
  return inside.family === 'ipv4' && prefixLength >= MAPPED_BITS
    ? { base: withWords(inside), prefixLength: prefixLength - MAPPED_BITS }
    : { base: withWords(ip), prefixLength };
};

export const contains = ({ base, prefixLength }: Cidr, address: Address): boolean =>
  base.family === address.family &&
  base.words.every((word, index) => {
    const bits = Math.min(16, Math.max(0, prefixLength - index * 16));
    return word >> (16 - bits) === (address.words[index] ?? 0) >> (16 - bits);
  });

const unreadable = (field: string, value: string): Match => unknown({ kind: 'invalid', field, value });

const FIELDS: readonly string[] = ['cidr', 'except'];

/** `address`: undefined where it is not known. */
export const matchIpBlock = (block: IpBlock, address: Address | undefined): Match => {
  const surplus = surplusField(block, FIELDS);
  if (surplus !== undefined) return unknown(surplus);
  const cidr = readCidr(block.cidr);
  if (cidr === undefined) return unreadable('cidr', block.cidr);
  if (address === undefined) return unknown({ kind: 'address-not-known' });
  const seen = address.address;
  if (!contains(cidr, address)) return no({ kind: 'not-in-cidr', cidr: block.cidr, address: seen });
  const excepts = (block.except ?? []).map((text) => ({ text, cidr: readCidr(text) }));
  const excepted = excepts.find((except) => except.cidr !== undefined && contains(except.cidr, address));
  if (excepted !== undefined)
    return no({ kind: 'excepted', cidr: block.cidr, except: excepted.text, address: seen });
  const bad = excepts.find((except) => except.cidr === undefined);
  return bad === undefined ? YES : unreadable('except', bad.text);
};
