import { flags, found, HOST, of, query, response } from './dns-query-shared.ts';
import { ownResolver, tcp } from './dns-query-ways.ts';
import type { Scenario } from './scenario.ts';

const answers: readonly Scenario[] = [
  query(
    'a',
    of(53),
    response('NOERROR', [HOST], { transport: 'udp', server: '203.0.113.53', failedTries: [] }),
  ),
  query('aaaa', of(53, 'AAAA'), found('2001:db8:5::10')),
  query('mx', of(53, 'MX', 'example.com.'), found('10 mail.example.com.')),
  query('ns', of(53, 'NS', 'example.com.'), found('ns.example.com.')),
  query('txt', of(53, 'TXT', 'example.com.'), found('"v=spf1 -all; with \\"quotes\\"" "and a second part"')),
  query(
    'srv',
    of(58, 'SRV', '_https._tcp.web.shop.svc.cluster.local.'),
    found('0 50 443 a.web.shop.svc.cluster.local.', '0 50 443 b.web.shop.svc.cluster.local.'),
  ),
  query('cname', of(53, 'CNAME', 'alias.example.com.'), found('www.example.com.')),
  query('alias', of(53, 'A', 'alias.example.com.'), found('www.example.com.', HOST)),
  query(
    'alias-chain',
    of(53, 'A', 'chain.example.com.'),
    found('chain-2.example.com.', 'chain-3.example.com.', 'www.example.com.', HOST),
  ),
  query('alias-loop', of(53, 'A', 'loop.example.com.'), found('loop-2.example.com.', 'loop.example.com.')),
  query('alias-to-itself', of(53, 'A', 'self.example.com.'), found('self.example.com.')),
  query(
    'alias-of-nothing',
    of(53, 'A', 'dangling.example.com.'),
    response('NXDOMAIN', ['nope.example.com.']),
  ),
  query('reverse', of(53, 'PTR', HOST), found('www.example.com.')),
  query('reverse-ipv6', of(53, 'PTR', '2001:db8:5::10'), found('six.example.com.')),
  query('reverse-two-names', of(53, 'PTR', '203.0.113.11'), found('one.example.com.', 'two.example.com.')),
  query('reverse-not-found', of(53, 'PTR', '203.0.113.99'), response('NXDOMAIN', [])),
  query('no-data', of(53, 'AAAA', 'four.example.com.'), response('NOERROR', [])),
  query('nxdomain', of(53, 'A', 'nope.example.com.'), response('NXDOMAIN', [])),
  query('servfail', of(54), response('SERVFAIL', [], { failedTries: [] })),
  query('rcode-refused', of(55), response('REFUSED', [])),
  query('formerr', of(53, 'A', 'formerr.example.com.'), response('FORMERR', [])),
  query('notimp', of(53, 'AAAA', 'notimp.example.com.'), response('NOTIMP', [])),
  query('aaaa-servfail', of(53, 'AAAA', 'half.example.com.'), response('SERVFAIL', [])),
  query('without-recursion', of(58), response('NOERROR', [HOST], { flags: flags('aa', 'rd') })),
  query('authentic', of(69), response('NOERROR', [HOST], { flags: flags('rd', 'ra', 'ad') })),
  query('ipv6-nameserver', { ...of(53), server: '2001:db8:5::53' }, found(HOST)),
  query('slow', of(53, 'A', 'slow.example.com.'), { ...found(HOST), slow: true }),
  query('second-try', of(67), { ...found(HOST), retried: true }),
];

const failures: readonly Scenario[] = [
  query('silent', of(56), { k: 'timed-out' }),
  query('dropped', { ...of(53), server: '198.51.100.53' }, { k: 'timed-out' }),
  query('too-slow', of(53, 'A', 'late.example.com.'), { k: 'timed-out' }),
  query('aaaa-silent', of(53, 'AAAA', 'halfsilent.example.com.'), { k: 'timed-out' }),
  query('no-dns-message', of(60), { k: 'timed-out' }),
  query('nothing-listens', of(57), { k: 'connection-refused' }),
  query('ipv6-closed', { ...of(57), server: '2001:db8:5::10' }, { k: 'connection-refused' }),
  query('prohibited', { ...of(57), server: '198.51.102.53' }, { k: 'unreachable' }),
  query('net-unreachable', { ...of(57), server: '198.51.101.53' }, { k: 'unreachable_or_timeout' }),
  query('no-route', { ...of(57), server: '192.0.2.53' }, { k: 'unreachable' }),
  query('broken-reply', of(70), { k: 'server-failure' }),
  query('bad-name', of(53, 'A', 'a..b.'), { k: 'name-failure' }),
  query('bad-server', { ...of(53), server: 'nope.example.com' }, { k: 'name-failure' }),
  {
    // What the kernel's rationing of ICMP errors does to two tries: one hears nothing, the other is refused.
    ...query('refused-at-the-second-try', of(57), { k: 'connection-refused' }),
    before: `nft -f - <<'NFT'
table inet ration {
  chain out {
    type filter hook output priority 0;
    ip daddr 203.0.113.57 udp dport 53 limit rate 1/hour burst 1 packets drop
    ip daddr 203.0.113.57 udp dport 53 reject
  }
}
NFT`,
    after: 'nft delete table inet ration',
  },
];

export const dnsQuery: readonly Scenario[] = [...answers, ...failures, ...tcp, ...ownResolver];
