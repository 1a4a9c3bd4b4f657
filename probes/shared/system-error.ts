/**
 * Error texts of the C library. netshoot is built on musl, other images on glibc, and the same errno has other words in each;
 * from glibc's errno list and musl's src/errno/__strerror.h and src/network/gai_strerror.c.
 */

export type SystemError =
  | 'refused'
  | 'timed-out'
  | 'reset'
  | 'network-unreachable'
  | 'host-unreachable'
  | 'access-denied'
  | 'not-permitted'
  | 'no-address'
  | 'message-too-long'
  | 'other';

const SYSTEM_ERRORS: ReadonlyMap<string, SystemError> = new Map([
  ['Connection refused', 'refused'],
  ['Connection timed out', 'timed-out'],
  ['Operation timed out', 'timed-out'],
  ['Connection reset by peer', 'reset'],
  ['Connection aborted', 'reset'],
  ['Software caused connection abort', 'reset'],
  ['Broken pipe', 'reset'],
  ['Network is unreachable', 'network-unreachable'],
  ['Network unreachable', 'network-unreachable'],
  ['Network is down', 'network-unreachable'],
  ['No route to host', 'host-unreachable'],
  ['Host is unreachable', 'host-unreachable'],
  ['Host is down', 'host-unreachable'],
  ['Permission denied', 'access-denied'],
  ['Operation not permitted', 'not-permitted'],
  ['Cannot assign requested address', 'no-address'],
  ['Address not available', 'no-address'],
  ['Message too long', 'message-too-long'],
  ['Message too large', 'message-too-long'],
  // Known, and none of the above: the address cannot be used from here.
  ['Address family not supported by protocol', 'other'],
  ['Invalid argument', 'other'],
  ['No such device', 'other'],
  ['Protocol not available', 'other'],
  ['Protocol error', 'other'],
  ['Operation not supported', 'other'],
  ['Not supported', 'other'],
  ['Machine is not on the network', 'other'],
]);

/** undefined: not a text that is known. */
export const systemError = (text: string): SystemError | undefined => SYSTEM_ERRORS.get(text.trim());

/** absent: the name or its addresses do not exist; unanswered: the resolver could not find out. */
export type ResolverError = 'absent' | 'unanswered';

const RESOLVER_ERRORS: ReadonlyMap<string, ResolverError> = new Map([
  ['Name or service not known', 'absent'],
  ['Name does not resolve', 'absent'],
  ['No address associated with hostname', 'absent'],
  ['Name has no usable address', 'absent'],
  ['Address family for hostname not supported', 'absent'],
  ['Unknown host', 'absent'],
  ['Temporary failure in name resolution', 'unanswered'],
  ['Try again', 'unanswered'],
  ['Non-recoverable failure in name resolution', 'unanswered'],
  ['Non-recoverable error', 'unanswered'],
  ['System error', 'unanswered'],
]);

/** A text of gai_strerror(3); undefined: not one that is known. */
export const resolverError = (text: string): ResolverError | undefined => RESOLVER_ERRORS.get(text.trim());
