import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { hostSchema } from '../shared/host.ts';
import type { NameserverFailure } from '../shared/nameserver-failure.ts';
import { parseDnsQuery } from './parse.ts';

const question = z.object({
  /** A name ending in a dot is absolute; any other goes through the search list. With type PTR, an address will do. */
  name: hostSchema,
  type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT']),
  /** Address of the nameserver to ask; the pod's own resolv.conf decides where there is none. */
  server: z.optional(hostSchema),
  /** `tcp`, or `udp`: over that alone, so that a cut answer is seen as such. Otherwise over TCP what UDP cuts short. */
  transport: z.optional(z.enum(['udp', 'tcp'])),
});
export type DnsQueryQuestion = z.infer<typeof question>;

export interface DnsRecord {
  /** Without the final dot. */
  readonly name: string;
  /** Seconds */
  readonly ttl: number;
  readonly type: string;
  /** In presentation format (RFC 1035, 5.1): names with their final dots, texts in quotation marks. */
  readonly data: string;
}

/** One message of a nameserver, as it is; or what kept it away. */
export type DnsQueryOutcome =
  | {
      readonly kind: 'response';
      /** The name that was asked for in the end, without the final dot: tells which search domain it was. Missing where the answer holds no question. */
      readonly askedName?: string | undefined;
      /** NOERROR, NXDOMAIN, SERVFAIL, REFUSED … */
      readonly rcode: string;
      /** Authoritative answer, truncated, recursion desired, recursion available, authentic data. */
      readonly flags: {
        readonly aa: boolean;
        readonly tc: boolean;
        readonly rd: boolean;
        readonly ra: boolean;
        readonly ad: boolean;
      };
      /** CNAMEs on the way among them. */
      readonly answers: readonly DnsRecord[];
      /** Who answered. Missing where dig does not say: a name of the search list that failed. */
      readonly server?: string | undefined;
      readonly transport: 'udp' | 'tcp';
      /** The answer over UDP was cut, and asked for again over TCP. */
      readonly retriedOverTcp: boolean;
      readonly queryMs?: number | undefined;
      readonly sizeBytes?: number | undefined;
      /** Tries before that failed, of this nameserver or of others. BIND before 9.18 does not tell of all. */
      readonly failedTries: readonly NameserverFailure[];
    }
  | {
      readonly kind: 'timed-out';
      readonly failedTries: readonly NameserverFailure[];
      /** BIND before 9.18 says so of whatever failed over UDP: the nameserver may as well have refused, or be unreachable. */
      readonly unexplained?: true | undefined;
    }
  /** Port 53 is refused (ICMP or RST) by every nameserver that was tried. */
  | { readonly kind: 'connection-refused'; readonly failedTries: readonly NameserverFailure[] }
  /** The network, host or route to every nameserver that was tried is missing, or the way is prohibited. */
  | { readonly kind: 'unreachable'; readonly failedTries: readonly NameserverFailure[] }
  /** A nameserver took the query and gave nothing that could be used: connection closed or reset, no DNS message, SERVFAIL before others failed. */
  | { readonly kind: 'server-failure'; readonly failedTries: readonly NameserverFailure[] }
  /** Nothing was asked: the name cannot be one, or the nameserver is given by a name that has no address. */
  | { readonly kind: 'name-failure'; readonly of: 'name' | 'server'; readonly text: string };

const isAddress = (name: string): boolean => name.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);

const transportOf = (transport: DnsQueryQuestion['transport']): readonly string[] => {
  switch (transport) {
    case 'tcp':
      return ['+tcp'];
    case 'udp':
      return ['+notcp', '+ignore'];
    case undefined:
      return ['+notcp', '+noignore'];
  }
};

/** For each try of each nameserver. */
const PATIENCE_SECONDS = 2;

export default defineProbe<'dns-query', DnsQueryQuestion, DnsQueryOutcome>({
  id: 'dns-query',
  layer: 'name',
  tool: 'dig',
  summary: 'asks a nameserver for records of one type, and shows its answer with rcode, flags and time',
  question,
  /**
   * No EDNS: most applications' resolvers send none. Absolute names are tried twice, because the kernel rations its refusals
   * (icmp_ratelimit); as a resolver does, and dig by itself does not, the next nameserver is asked after SERVFAIL.
   */
  command: ({ name, type, server, transport }, patienceSeconds = PATIENCE_SECONDS) => {
    const isReverse = type === 'PTR' && isAddress(name);
    const isRelative = !isReverse && !name.endsWith('.');
    return [
      'dig',
      '-r',
      '+nocmd',
      '+noall',
      '+comments',
      '+question',
      '+answer',
      '+stats',
      '+nocookie',
      '+noedns',
      '+nofail',
      `+time=${patienceSeconds}`,
      isRelative ? '+tries=1' : '+tries=2',
      isRelative ? '+search' : '+nosearch',
      ...transportOf(transport),
      ...(server === undefined ? [] : [`@${server}`]),
      '-t',
      type,
      isReverse ? '-x' : '-q',
      name,
    ];
  },
  timeLimitSeconds: ({ name }, patienceSeconds = PATIENCE_SECONDS) =>
    (name.endsWith('.') || isAddress(name) ? 4 : 5) * patienceSeconds + 1,
  usualMs: 100,
  parse: parseDnsQuery,
});
