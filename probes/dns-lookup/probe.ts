import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import { parseDnsLookup } from './parse.ts';

const question = z.object({
  /** A name ending in a dot is absolute; any other goes through the search list. */
  name: z.string(),
  /** Address of the nameserver to ask; the pod's own resolv.conf decides where there is none. */
  server: z.string().optional(),
});
export type DnsLookupQuestion = z.infer<typeof question>;

/** What one nameserver did that did not answer. */
export interface NameserverFailure {
  readonly server: string;
  readonly why: 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' | 'query-refused';
  /** Set where the query that failed went over TCP, as it does after a truncated answer over UDP. */
  readonly transport?: 'tcp' | undefined;
}

/** One nslookup: all record types that it asks for (A and AAAA), through all nameservers that it tried. */
export type DnsLookupOutcome =
  | {
      readonly kind: 'answered';
      readonly server: string;
      /** The name that answered, without the final dot: tells which search domain did. */
      readonly answeredName: string;
      readonly addresses: readonly { readonly family: 'ipv4' | 'ipv6'; readonly address: string }[];
      /** CNAME targets in order. */
      readonly aliases: readonly string[];
      /** Nameservers that were asked before and failed. */
      readonly failedServers: readonly NameserverFailure[];
      /**
       * One record type was answered, the other failed with this. `not-found`: NXDOMAIN for one type of a name that exists,
       * which musl's resolver takes for the whole name.
       */
      readonly partial?: NameserverFailure['why'] | 'not-found' | undefined;
      /** An answer did not fit into UDP and was asked for again over TCP. */
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
  /** SERVFAIL, or another rcode that is no answer (FORMERR, NOTIMP …). */
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
  /** No nameserver answered in time; of several, some may have failed otherwise. */
  | { readonly kind: 'timed-out'; readonly failedServers: readonly NameserverFailure[] }
  /** Port 53 is refused (ICMP or RST) by every nameserver that was tried. */
  | { readonly kind: 'connection-refused'; readonly failedServers: readonly NameserverFailure[] }
  /** The network, host or route to every nameserver that was tried is missing, or the way is prohibited. */
  | { readonly kind: 'unreachable'; readonly failedServers: readonly NameserverFailure[] };

export default defineProbe<'dns-lookup', DnsLookupQuestion, DnsLookupOutcome>({
  id: 'dns-lookup',
  layer: 'name',
  tool: 'nslookup',
  summary: 'asks the pod’s nameservers for the addresses of a name',
  question,
  /**
   * `-retry` counts tries. Absolute names are asked twice: where port 53 is refused, the kernel tells only the first few askers so
   * (icmp_ratelimit), and one a second from then on; the second try, 2 s later, shows who is refused rather than dropped.
   */
  command: ({ name, server }) => [
    'nslookup',
    '-timeout=2',
    name.endsWith('.') ? '-retry=2' : '-retry=1',
    name,
    ...(server === undefined ? [] : [server]),
  ],
  /**
   * A silent nameserver costs 2 s a try and ends the lookup: 4 s for an absolute name and one nameserver, 8 s for two. Where only the first of several is silent, each name of
   * the search list pays those 2 s, and so does AAAA: 10 s for a name that is tried in four forms.
   */
  timeLimitSeconds: ({ name }) => (name.endsWith('.') ? 9 : 11),
  parse: parseDnsLookup,
});
