import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import { parseDnsLookup } from './parse.ts';
import { reverseName } from './reverse-name.ts';

const question = z.object({
  /** A name ending in a dot is absolute; any other goes through the search list. */
  name: z.string(),
  /** Address of the nameserver to ask; the pod's own resolv.conf decides where there is none. */
  server: z.string().optional(),
  /** `tcp`: over TCP alone. Otherwise over UDP, and over TCP what UDP cuts short. */
  transport: z.enum(['udp', 'tcp']).optional(),
  /** `name` is an address (or a name below in-addr.arpa or ip6.arpa), and the names that it has are asked for. */
  reverse: z.boolean().optional(),
});
export type DnsLookupQuestion = z.infer<typeof question>;

/** What one nameserver did that did not answer. */
export interface NameserverFailure {
  readonly server: string;
  readonly why: 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' | 'query-refused';
  /** Set where the query that failed went over TCP, as it does after a truncated answer over UDP. */
  readonly transport?: 'tcp' | undefined;
}

/** What became of one record type. */
export type FamilyResult = 'answered' | 'no-data' | 'not-found' | NameserverFailure['why'];

/** What is told of any lookup, as far as it can be known. */
interface Told {
  /**
   * A and AAAA apart; a family that is missing was not asked for, or is not told of (BIND asks for AAAA once A has been answered).
   * Missing altogether for reverse lookups.
   */
  readonly families?:
    | { readonly ipv4?: FamilyResult | undefined; readonly ipv6?: FamilyResult | undefined }
    | undefined;
  /**
   * The nameserver said that it does no recursion. Usual for cluster names, and only told where the nameserver is taken from
   * resolv.conf.
   */
  readonly recursionUnavailable?: true | undefined;
}

/** A lookup that brought no answer: what went before, and the name that it ended with. */
interface Failed extends Told {
  readonly failedServers: readonly NameserverFailure[];
  /** The last name that was tried, without the final dot: of a search list, the one whose lookup ended it. */
  readonly lastName?: string | undefined;
}

interface FailedAt extends Failed {
  readonly server?: string | undefined;
}

/** One nslookup: all record types that it asks for (A and AAAA), through all nameservers that it tried. */
export type DnsLookupOutcome =
  | (Told & {
      readonly kind: 'answered';
      readonly server: string;
      /** The name that answered, without the final dot: tells which search domain did. */
      readonly answeredName: string;
      /** Empty where names were asked for (`pointers`). */
      readonly addresses: readonly { readonly family: 'ipv4' | 'ipv6'; readonly address: string }[];
      /** CNAME targets in order. */
      readonly aliases: readonly string[];
      /** The names of an address, without final dots. */
      readonly pointers?: readonly string[] | undefined;
      /** Nameservers that were asked before and failed. */
      readonly failedServers: readonly NameserverFailure[];
      /**
       * One record type was answered, the other failed with this. `not-found`: NXDOMAIN for one type of a name that exists,
       * which musl's resolver takes for the whole name.
       */
      readonly partial?: NameserverFailure['why'] | 'not-found' | undefined;
      /** An answer did not fit into UDP and was asked for again over TCP. */
      readonly truncated: boolean;
    })
  /** The name exists, without records of the types asked for; or it is an alias that leads to none, or round in a circle. */
  | (FailedAt & { readonly kind: 'no-data'; readonly aliases?: readonly string[] | undefined })
  /** NXDOMAIN */
  | (FailedAt & { readonly kind: 'not-found' })
  /** SERVFAIL, or another rcode that is no answer (FORMERR, NOTIMP …), or a query that was taken and not answered. */
  | (FailedAt & { readonly kind: 'server-failure' })
  /** rcode REFUSED */
  | (FailedAt & { readonly kind: 'query-refused' })
  /** No nameserver answered in time; of several, some may have failed otherwise. */
  | (Failed & { readonly kind: 'timed-out' })
  /** Port 53 is refused (ICMP or RST) by every nameserver that was tried. */
  | (Failed & { readonly kind: 'connection-refused' })
  /** The network, host or route to every nameserver that was tried is missing, or the way is prohibited. */
  | (Failed & { readonly kind: 'unreachable' });

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
  command: ({ name, server, transport, reverse }) => {
    const asked = reverse === true ? reverseName(name) : name;
    return [
      'nslookup',
      '-timeout=2',
      asked.endsWith('.') ? '-retry=2' : '-retry=1',
      ...(transport === 'tcp' ? ['-vc'] : []),
      ...(reverse === true ? ['-type=PTR'] : []),
      asked,
      ...(server === undefined ? [] : [server]),
    ];
  },
  /**
   * A silent nameserver costs 2 s a try and ends the lookup: 4 s for an absolute name and one nameserver, 8 s for two. Where only the first of several is silent, each name of
   * the search list pays those 2 s, and so does AAAA: 10 s for a name that is tried in four forms.
   */
  timeLimitSeconds: ({ name, reverse }) => (name.endsWith('.') || reverse === true ? 9 : 11),
  usualMs: 100,
  parse: parseDnsLookup,
});
