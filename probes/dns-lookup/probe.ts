import { z } from 'zod';
import { defineProbe } from '../../src/model/probe.ts';

const question = z.object({
  /** A name ending in a dot is absolute; any other goes through the search list. */
  name: z.string(),
  /** Address of the nameserver to ask; the pod's own resolv.conf decides where there is none. */
  server: z.string().optional(),
});

/** What one nameserver did that did not answer. */
export interface NameserverFailure {
  readonly server: string;
  readonly why: 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' | 'query-refused';
}

/** One nslookup: all record types that it asks for (A and AAAA), through all nameservers that it tried. */
export type DnsLookupOutcome =
  /** `partial`: one record type was answered, another failed with this. */
  | {
      readonly kind: 'answered';
      readonly server: string;
      /** The name that answered, without the final dot: tells which search domain did. */
      readonly answeredName: string;
      readonly addresses: readonly { readonly family: 'ipv4' | 'ipv6'; readonly address: string }[];
      /** CNAME targets in order. */
      readonly aliases: readonly string[];
      readonly failedServers: readonly NameserverFailure[];
      readonly partial?: NameserverFailure['why'] | undefined;
      readonly truncated: boolean;
    }
  /** The name exists, without address records. */
  | {
      readonly kind: 'no-data';
      readonly server?: string | undefined;
      readonly failedServers: readonly NameserverFailure[];
    }
  /** NXDOMAIN */
  | {
      readonly kind: 'not-found';
      readonly server?: string | undefined;
      readonly failedServers: readonly NameserverFailure[];
    }
  /** SERVFAIL */
  | {
      readonly kind: 'server-failure';
      readonly server?: string | undefined;
      readonly failedServers: readonly NameserverFailure[];
    }
  /** rcode REFUSED */
  | {
      readonly kind: 'query-refused';
      readonly server?: string | undefined;
      readonly failedServers: readonly NameserverFailure[];
    }
  /** No nameserver answered in time. */
  | { readonly kind: 'timed-out'; readonly failedServers: readonly NameserverFailure[] }
  /** Port 53 is refused (ICMP or RST) by every nameserver that was tried. */
  | { readonly kind: 'connection-refused'; readonly failedServers: readonly NameserverFailure[] }
  /** The network, host or route to every nameserver that was tried is missing. */
  | { readonly kind: 'unreachable'; readonly failedServers: readonly NameserverFailure[] };

export default defineProbe<'dns-lookup', z.infer<typeof question>, DnsLookupOutcome>({
  id: 'dns-lookup',
  layer: 'name',
  tool: 'nslookup',
  summary: 'resolves a name as the pod does',
  question,
  command: ({ name, server }) => [
    'nslookup',
    '-timeout=2',
    '-retry=1',
    name,
    ...(server === undefined ? [] : [server]),
  ],
  timeLimitSeconds: () => 10,
  parse: () => ({ kind: 'unreadable', text: '' }),
});
