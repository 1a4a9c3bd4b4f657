/** What stopped a TCP connection, from the errors of all addresses that were tried. */
import type { SystemError } from './system-error.ts';

/** Which kind of "cannot get there" the kernel reported. */
export type UnreachableKind = 'network' | 'host' | 'prohibited' | 'port' | 'unspecified';

export type ConnectFailure =
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
  | { readonly kind: 'not-permitted' };

export interface AddressError {
  readonly address: string;
  readonly error: SystemError;
}

const failureOf = ({ address, error }: AddressError): ConnectFailure => {
  switch (error) {
    case 'refused':
    case 'timed-out':
    case 'reset':
      return { kind: error };
    case 'network-unreachable':
      return { kind: 'unreachable', which: 'network' };
    case 'host-unreachable':
      return { kind: 'unreachable', which: 'host' };
    case 'access-denied':
      // Linux turns "administratively prohibited" of ICMPv6 into EACCES; over IPv4, EACCES is our own kernel's word.
      return address.includes(':') ? { kind: 'unreachable', which: 'prohibited' } : { kind: 'not-permitted' };
    case 'not-permitted':
      return { kind: 'not-permitted' };
    case 'no-address':
    case 'message-too-long':
    case 'other':
      return { kind: 'unreachable', which: 'unspecified' };
  }
};

/** Of several addresses, the one that came furthest tells most: a pod without IPv6 has an unreachable one for every name. */
const FURTHEST: readonly ConnectFailure['kind'][] = [
  'reset',
  'refused',
  'timed-out',
  'not-permitted',
  'unreachable',
];

/** undefined: no error was seen. */
export const connectFailure = (errors: readonly AddressError[]): ConnectFailure | undefined => {
  const failures = errors.map(failureOf);
  return FURTHEST.map((kind) => failures.find((failure) => failure.kind === kind)).find(
    (found) => found !== undefined,
  );
};
