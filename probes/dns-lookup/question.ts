import * as z from 'zod/mini';
import { hostSchema } from '../shared/host.ts';
import { reverseName } from './reverse-name.ts';

export const question = z.object({
  /** A name ending in a dot is absolute; any other goes through the search list. */
  name: hostSchema,
  /** Address of the nameserver to ask; the pod's own resolv.conf decides where there is none. */
  server: z.optional(hostSchema),
  /** `tcp`: over TCP alone. Otherwise over UDP, and over TCP what UDP cuts short. */
  transport: z.optional(z.enum(['udp', 'tcp'])),
  /** `name` is an address (or a name below in-addr.arpa or ip6.arpa), and the names that it has are asked for. */
  reverse: z.optional(z.boolean()),
});
export type DnsLookupQuestion = z.infer<typeof question>;

/** The name that nslookup is given: that of the address, where names are asked for. */
export const nameOf = ({ name, reverse }: DnsLookupQuestion): string =>
  reverse === true ? reverseName(name) : name;

export const isRelative = (question: DnsLookupQuestion): boolean => !nameOf(question).endsWith('.');

/**
 * How often each nameserver is tried (`-retry` counts tries). Absolute names are asked twice: where port 53 is refused, the kernel
 * tells only the first few askers so (icmp_ratelimit), and one a second from then on; the second try, 2 s later, shows who is
 * refused rather than dropped.
 */
export const triesOf = (question: DnsLookupQuestion): number => (isRelative(question) ? 1 : 2);
