import { defineProbe } from '../../src/model/probe.ts';
import type { NameserverFailure } from '../shared/nameserver-failure.ts';
import { parseDnsLookup } from './parse.ts';
import { type DnsLookupQuestion, isRelative, nameOf, question, triesOf } from './question.ts';

export type { DnsLookupQuestion };

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
  | (Failed & {
      readonly kind: 'timed-out';
      /** Some builds (BIND before 9.18) say so of whatever failed over UDP: the nameserver may as well have refused, or be unreachable. */
      readonly unexplained?: true | undefined;
    })
  /** Port 53 is refused (ICMP or RST) by every nameserver that was tried. */
  | (Failed & { readonly kind: 'connection-refused' })
  /** The network, host or route to every nameserver that was tried is missing, or the way is prohibited. */
  | (Failed & { readonly kind: 'unreachable' });

/** For each try of each nameserver. */
const PATIENCE_SECONDS = 2;

export default defineProbe<'dns-lookup', DnsLookupQuestion, DnsLookupOutcome>({
  id: 'dns-lookup',
  layer: 'name',
  tool: 'nslookup',
  summary: 'asks the pod’s nameservers for the addresses of a name',
  question,
  command: (asked, patienceSeconds = PATIENCE_SECONDS) => [
    'nslookup',
    `-timeout=${patienceSeconds}`,
    `-retry=${triesOf(asked)}`,
    ...(asked.transport === 'tcp' ? ['-vc'] : []),
    // Named, so that an empty answer is told from none.
    ...(asked.reverse === true ? ['-type=PTR'] : []),
    nameOf(asked),
    ...(asked.server === undefined ? [] : [asked.server]),
  ],
  /**
   * A silent nameserver costs 2 s a try and ends the lookup: 4 s for an absolute name and one nameserver, 8 s for two. Where only the first of several is silent, each name of
   * the search list pays those 2 s, and so does AAAA: 10 s for a name that is tried in four forms.
   */
  timeLimitSeconds: (asked, patienceSeconds = PATIENCE_SECONDS) =>
    (isRelative(asked) ? 5 : 4) * patienceSeconds + 1,
  usualMs: 100,
  parse: parseDnsLookup,
});
