/** A socket's address as text, and what it means for who can reach it. */
import { readIpAddress, withoutMapping } from '../shared/ip-address.ts';
import type { ListeningSocket } from './probe.ts';

/** What a tool prints of a socket, not yet judged. */
export interface Bound {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly v6only?: boolean | undefined;
  readonly interface?: string | undefined;
}

const ANY: readonly string[] = ['0.0.0.0', '::'];

const scopeOf = (address: string, link: string | undefined): ListeningSocket['scope'] => {
  if (link === 'lo' || address === '::1' || address.startsWith('127.')) return 'loopback';
  return ANY.includes(address) ? 'any' : 'address';
};

/** `skip`: it has no port that anything could come to. undefined: not an address and a port. */
export const socketOf = (bound: Bound): ListeningSocket | 'skip' | undefined => {
  const written = readIpAddress(bound.address);
  if (written === undefined || !(bound.port >= 0 && bound.port <= 65_535)) return undefined;
  if (bound.port === 0) return 'skip';
  const { family, address } = withoutMapping(written);
  return {
    protocol: bound.protocol,
    family,
    address,
    port: bound.port,
    scope: scopeOf(address, bound.interface),
    ...(address === '::' && bound.v6only !== undefined ? { v6only: bound.v6only } : {}),
    ...(bound.interface === undefined ? {} : { interface: bound.interface }),
  };
};
