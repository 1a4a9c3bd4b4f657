/** The names that the recorded world's nameservers know; every other name is NXDOMAIN. */
import type dnsPacket from 'dns-packet';

export const HOST = '203.0.113.10';
const HOST_V6 = '2001:db8:5::10';

/** A record as dns-packet takes it, of a name and with a TTL that are given elsewhere. */
export type Data =
  | { readonly type: 'A' | 'AAAA' | 'PTR' | 'NS'; readonly data: string }
  | { readonly type: 'TXT'; readonly data: string[] }
  | { readonly type: 'MX'; readonly data: dnsPacket.MxData }
  | { readonly type: 'SRV'; readonly data: dnsPacket.SrvData };

export interface Entry {
  readonly cname?: string;
  readonly records?: readonly Data[];
  /** How a query for one type ends instead: with an rcode, or `SILENT`. */
  readonly codes?: { readonly [type: string]: string };
  readonly delayMs?: number;
  /** Nothing of it fits into UDP. */
  readonly truncated?: boolean;
}

const a = (...addresses: readonly string[]): readonly Data[] =>
  addresses.map((data) => ({ type: 'A', data }));
const aaaa = (...addresses: readonly string[]): readonly Data[] =>
  addresses.map((data) => ({ type: 'AAAA', data }));
const pointers = (...names: readonly string[]): readonly Data[] =>
  names.map((data) => ({ type: 'PTR', data }));

const both = [...a(HOST), ...aaaa(HOST_V6)];
const many = a(...Array.from({ length: 60 }, (_, index) => `203.0.113.${index + 1}`));

export const ZONE: { readonly [name: string]: Entry } = {
  'example.com': {
    records: [
      { type: 'NS', data: 'ns.example.com' },
      { type: 'MX', data: { preference: 10, exchange: 'mail.example.com' } },
      { type: 'TXT', data: ['v=spf1 -all; with "quotes"', 'and a second part'] },
    ],
  },
  'www.example.com': { records: both },
  'four.example.com': { records: a(HOST) },
  'six.example.com': { records: aaaa(HOST_V6) },
  'empty.example.com': {},
  'slow.example.com': { records: a(HOST), delayMs: 1500 },
  'late.example.com': { records: a(HOST), delayMs: 6000 },
  'big.example.com': { records: many, truncated: true },
  'dead.example.com': { records: [...a('198.51.100.1'), ...aaaa('2001:db8:101::1')] },
  'mixed.example.com': { records: [...a(HOST), ...aaaa('2001:db8:101::1')] },
  // One type answered, the other not.
  'half.example.com': { records: a(HOST), codes: { AAAA: 'SERVFAIL' } },
  'halfrefused.example.com': { records: a(HOST), codes: { AAAA: 'REFUSED' } },
  'halfsilent.example.com': { records: a(HOST), codes: { AAAA: 'SILENT' } },
  'halfmissing.example.com': { records: a(HOST), codes: { AAAA: 'NXDOMAIN' } },
  'notimp.example.com': { records: a(HOST), codes: { AAAA: 'NOTIMP' } },
  'formerr.example.com': { codes: { A: 'FORMERR', AAAA: 'FORMERR' } },
  'onlysix.example.com': { records: aaaa(HOST_V6), codes: { A: 'SERVFAIL' } },
  'emptyhalf.example.com': { codes: { AAAA: 'SERVFAIL' } },
  'emptysilent.example.com': { codes: { AAAA: 'SILENT' } },
  // Aliases.
  'alias.example.com': { cname: 'www.example.com' },
  'chain.example.com': { cname: 'chain-2.example.com' },
  'chain-2.example.com': { cname: 'chain-3.example.com' },
  'chain-3.example.com': { cname: 'www.example.com' },
  'loop.example.com': { cname: 'loop-2.example.com' },
  'loop-2.example.com': { cname: 'loop.example.com' },
  'self.example.com': { cname: 'self.example.com' },
  'dangling.example.com': { cname: 'nope.example.com' },
  'aliasempty.example.com': { cname: 'empty.example.com' },
  'aliashalf.example.com': { cname: 'half.example.com' },
  // Cluster names, each found by another domain of the search list.
  'kubernetes.default.svc.cluster.local': { records: a('10.96.0.1') },
  'web.shop.svc.cluster.local': { records: a(HOST) },
  'second.svc.cluster.local': { records: a(HOST) },
  'third.cluster.local': { records: a(HOST) },
  'broken.svc.cluster.local': { codes: { A: 'SERVFAIL', AAAA: 'SERVFAIL' } },
  'hollow.shop.svc.cluster.local': {},
  '_https._tcp.web.shop.svc.cluster.local': {
    records: [
      { type: 'SRV', data: { priority: 0, weight: 50, port: 443, target: 'a.web.shop.svc.cluster.local' } },
      { type: 'SRV', data: { priority: 0, weight: 50, port: 443, target: 'b.web.shop.svc.cluster.local' } },
    ],
  },
  // Addresses.
  '10.113.0.203.in-addr.arpa': { records: pointers('www.example.com') },
  '11.113.0.203.in-addr.arpa': { records: pointers('one.example.com', 'two.example.com') },
  '12.113.0.203.in-addr.arpa': {},
  '13.113.0.203.in-addr.arpa': { cname: '13.0-63.113.0.203.in-addr.arpa' },
  '13.0-63.113.0.203.in-addr.arpa': { records: pointers('delegated.example.com') },
  '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': {
    records: pointers('six.example.com'),
  },
};
