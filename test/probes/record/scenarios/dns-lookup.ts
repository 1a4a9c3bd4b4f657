import { at, nameservers, type Scenario, SEARCH } from './scenario.ts';

const dns = (
  name: string,
  host: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
  busybox = true,
): Scenario => ({
  name,
  probe: 'dns-lookup',
  question: { name: host },
  truth,
  resolvConf,
  busybox,
});

/** The same over TCP, which BusyBox cannot do. */
const tcp = (
  name: string,
  host: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
): Scenario => ({
  ...dns(name, host, truth, resolvConf),
  question: { name: host, transport: 'tcp' },
});

const reverse = (
  name: string,
  address: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
): Scenario => ({ ...dns(name, address, truth, resolvConf), question: { name: address, reverse: true } });

/**
 * What the kernel's rationing of ICMP errors does to two tries of one lookup: one is refused, the other hears nothing. Made on the
 * pod's way out, so that it is certain which.
 */
const rationed = (name: string, first: 'drop' | 'reject'): Scenario => ({
  ...dns(name, WWW, { k: 'conn_refused' }, nameservers(57), false),
  before: `nft -f - <<'NFT'
table inet ration {
  chain out {
    type filter hook output priority 0;
    ip daddr 203.0.113.57 udp dport 53 limit rate 1/hour burst 1 packets ${first}
    ip daddr 203.0.113.57 udp dport 53 ${first === 'drop' ? 'reject' : 'drop'}
  }
}
NFT`,
  after: 'nft delete table inet ration',
});

const WWW = 'www.example.com.';
const BOTH = { ipv4: 'answered', ipv6: 'answered' };
const ONLY_FOUR = { ipv4: 'answered', ipv6: 'no-data' };
const NEITHER = { ipv4: 'no-data', ipv6: 'no-data' };

const answers: readonly Scenario[] = [
  dns('both-families', WWW, {
    k: 'ok',
    a: ['203.0.113.10', '2001:db8:5::10'],
    n: 2,
    has: { families: BOTH },
  }),
  dns('ipv4-only', 'four.example.com.', { k: 'ok', a: ['203.0.113.10'], n: 1, has: { families: ONLY_FOUR } }),
  dns('ipv6-only', 'six.example.com.', {
    k: 'ok_v6_only',
    has: { families: { ipv4: 'no-data', ipv6: 'answered' } },
  }),
  dns('alias', 'alias.example.com.', {
    k: 'ok',
    name: 'alias.example.com',
    has: { aliases: ['www.example.com'], families: BOTH },
  }),
  dns('alias-chain', 'chain.example.com.', {
    k: 'ok',
    name: 'chain.example.com',
    has: { aliases: ['chain-2.example.com', 'chain-3.example.com', 'www.example.com'], families: BOTH },
  }),
  dns('alias-to-half', 'aliashalf.example.com.', { k: 'ok', n: 1, partial: 'server-failure' }),
  dns('alias-of-nothing', 'dangling.example.com.', { k: 'nxdomain' }),
  dns('alias-without-address', 'aliasempty.example.com.', {
    k: 'nodata',
    has: { aliases: ['empty.example.com'] },
  }),
  dns('alias-loop', 'loop.example.com.', { k: 'nodata' }),
  dns('alias-to-itself', 'self.example.com.', { k: 'nodata' }),
  dns('no-data', 'empty.example.com.', { k: 'nodata', has: { families: NEITHER } }),
  dns('nxdomain', 'nope.example.com.', { k: 'nxdomain' }),
  dns('slow-answer', 'slow.example.com.', { k: 'ok', n: 1 }),
  dns('second-try-answers', WWW, { k: 'ok', n: 2, degraded: true }, nameservers(67)),
  dns('ipv6-nameserver', WWW, { k: 'ok', n: 2 }, at('2001:db8:5::53')),
  { ...dns('server-named', WWW, { k: 'ok' }), question: { name: WWW, server: '203.0.113.53' } },
  {
    ...dns('server-named-silent', WWW, { k: 'timeout' }),
    question: { name: WWW, server: '203.0.113.56' },
  },
];

const failures: readonly Scenario[] = [
  dns('servfail', WWW, { k: 'servfail' }, nameservers(54)),
  dns('rcode-refused', WWW, { k: 'refused' }, nameservers(55)),
  dns('formerr', 'formerr.example.com.', { k: 'servfail' }),
  dns('silent', WWW, { k: 'timeout' }, nameservers(56)),
  dns('nothing-listens', WWW, { k: 'conn_refused' }, nameservers(57)),
  dns('dropped', WWW, { k: 'timeout' }, at('198.51.100.53')),
  dns('net-unreachable', WWW, { k: 'unreachable' }, at('198.51.101.53')),
  dns('prohibited', WWW, { k: 'unreachable' }, at('198.51.102.53')),
  dns('net-unreachable-by-filter', WWW, { k: 'unreachable' }, at('198.51.103.53')),
  dns('no-route', WWW, { k: 'unreachable' }, at('192.0.2.53'), true),
  dns('ipv6-unreachable', WWW, { k: 'unreachable' }, at('2001:db8:101::53')),
  dns('ipv6-closed', WWW, { k: 'conn_refused' }, at('2001:db8:5::10')),
  dns('too-slow-answer', 'late.example.com.', { k: 'timeout' }, nameservers(53), false),
  dns('no-dns-message', WWW, { k: 'timeout' }, nameservers(60), false),
  dns('udp-silent-tcp-open', WWW, { k: 'timeout' }, nameservers(66), false),
  rationed('refused-at-the-second-try', 'drop'),
  rationed('refused-at-the-first-try', 'reject'),
];

/** One record type answered, the other not. */
const halves: readonly Scenario[] = [
  dns('aaaa-servfail', 'half.example.com.', {
    k: 'ok',
    n: 1,
    partial: 'server-failure',
    has: { families: { ipv4: 'answered', ipv6: 'server-failure' } },
  }),
  dns('aaaa-refused', 'halfrefused.example.com.', { k: 'ok', n: 1, partial: 'query-refused' }),
  dns('aaaa-silent', 'halfsilent.example.com.', {
    k: 'ok',
    n: 1,
    partial: 'timed-out',
    has: { families: { ipv4: 'answered', ipv6: 'timed-out' } },
  }),
  dns('aaaa-nxdomain', 'halfmissing.example.com.', { k: 'ok', n: 1, partial: 'not-found' }),
  dns(
    'aaaa-notimp',
    'notimp.example.com.',
    { k: 'ok', n: 1, partial: 'server-failure' },
    nameservers(53),
    false,
  ),
  dns('a-servfail', 'onlysix.example.com.', { k: 'servfail' }, nameservers(53), false),
  dns('no-a-aaaa-servfail', 'emptyhalf.example.com.', { k: 'servfail' }),
  dns('no-a-aaaa-silent', 'emptysilent.example.com.', { k: 'timeout' }),
];

const severalServers: readonly Scenario[] = [
  dns('two-silent', WWW, { k: 'timeout' }, `${nameservers(56)}${at('198.51.100.53')}`, false),
  dns('two-refused', WWW, { k: 'conn_refused' }, nameservers(57, 61), false),
  dns('silent-then-refused', WWW, { k: 'timeout' }, nameservers(56, 57), false),
  dns('refused-then-silent', WWW, { k: 'timeout' }, nameservers(57, 56), false),
  dns(
    'unreachable-then-refused',
    WWW,
    { k: 'unreachable' },
    `${at('198.51.102.53')}${nameservers(57)}`,
    false,
  ),
  dns('first-dead', WWW, { k: 'ok', degraded: true }, nameservers(56, 53)),
  dns('first-closed', WWW, { k: 'ok', degraded: true }, nameservers(57, 53), false),
  dns('first-unreachable', WWW, { k: 'ok', degraded: true }, at('198.51.102.53') + nameservers(53), false),
  dns('first-servfail', WWW, { k: 'ok', degraded: true }, nameservers(54, 53), false),
  dns('first-refuses-query', WWW, { k: 'refused' }, nameservers(55, 53), false),
  dns('first-without-tcp', 'big.example.com.', { k: 'ok', n: 60 }, nameservers(59, 53), false),
  dns('second-dead', WWW, { k: 'ok', n: 2 }, nameservers(53, 56), false),
  dns('servfail-then-silent', WWW, { k: 'servfail' }, nameservers(54, 56), false),
  dns('servfail-then-nxdomain', WWW, { k: 'nxdomain', degraded: true }, nameservers(54, 68), false),
  dns(
    'first-dead-with-search',
    'www.example.com',
    { k: 'ok', degraded: true },
    nameservers(56, 53) + SEARCH,
    false,
  ),
  // Without recursion its answer is passed over, and not shown: what the next one says is not what the pod's resolver hears.
  dns('first-without-recursion', WWW, { k: 'ok', n: 2 }, nameservers(58, 53), false),
  dns('first-without-recursion-then-silent', WWW, { k: 'not_told' }, nameservers(58, 56), false),
  dns('first-without-recursion-then-nxdomain', WWW, { k: 'not_told' }, nameservers(58, 68), false),
];

const CLUSTER = nameservers(58) + SEARCH;
const found = (name: string): Scenario['truth'] => ({ k: 'ok', name, has: { recursionUnavailable: true } });
const ndots = (dots: number): string => nameservers(58) + SEARCH.replace('ndots:5', `ndots:${dots}`);

const searchPath: readonly Scenario[] = [
  dns('search-list', 'web.shop', { k: 'ok', name: 'web.shop.svc.cluster.local' }, CLUSTER),
  dns('search-list-one-label', 'web', { k: 'ok', name: 'web.shop.svc.cluster.local' }, CLUSTER),
  dns('search-list-first', 'web', found('web.shop.svc.cluster.local'), CLUSTER, false),
  dns('search-list-second', 'second', found('second.svc.cluster.local'), CLUSTER, false),
  dns('search-list-third', 'third', found('third.cluster.local'), CLUSTER, false),
  dns('search-list-last-as-it-is', 'www.example.com', found('www.example.com'), CLUSTER, false),
  dns('search-list-nxdomain', 'nope.shop', { k: 'nxdomain' }, CLUSTER),
  dns(
    'search-list-servfail',
    'broken',
    { k: 'servfail', has: { lastName: 'broken.svc.cluster.local' } },
    CLUSTER,
    false,
  ),
  dns('search-list-no-data', 'hollow', { k: 'nodata' }, CLUSTER, false),
  dns(
    'absolute-without-recursion',
    'web.shop.svc.cluster.local.',
    found('web.shop.svc.cluster.local'),
    CLUSTER,
    false,
  ),
  dns(
    'no-data-without-recursion',
    'hollow.shop.svc.cluster.local.',
    { k: 'nodata', has: { recursionUnavailable: true } },
    CLUSTER,
  ),
  dns('ndots-met', 'www.example.com', found('www.example.com'), ndots(1), false),
  dns('ndots-met-nxdomain', 'web.shop', { k: 'nxdomain' }, ndots(1), false),
  dns('ndots-not-met', 'web.shop', found('web.shop.svc.cluster.local'), ndots(2), false),
  dns('ndots-of-one', 'web', found('web.shop.svc.cluster.local'), ndots(1), false),
  dns('search-list-silent', 'web', { k: 'timeout' }, nameservers(56) + SEARCH),
  dns('search-list-refused', 'web', { k: 'conn_refused' }, nameservers(57) + SEARCH, false),
];

const BIG = 'big.example.com.';
const overTcp: readonly Scenario[] = [
  dns('answer-over-tcp', BIG, { k: 'ok', n: 60, has: { truncated: true } }),
  dns('tcp-refused', BIG, { k: 'conn_refused' }, nameservers(59), false),
  dns('tcp-closes', BIG, { k: 'servfail' }, nameservers(62), false),
  dns('tcp-resets', BIG, { k: 'servfail' }, nameservers(63), false),
  dns('tcp-silent', BIG, { k: 'timeout' }, nameservers(64), false),
  dns('tcp-noise', BIG, { k: 'servfail' }, nameservers(65), false),
  tcp('over-tcp', WWW, { k: 'ok', n: 2, has: { families: BOTH, truncated: false } }),
  tcp('over-tcp-big', BIG, { k: 'ok', n: 60 }),
  tcp('over-tcp-nxdomain', 'nope.example.com.', { k: 'nxdomain' }),
  tcp('over-tcp-no-data', 'empty.example.com.', { k: 'nodata' }),
  tcp('over-tcp-servfail', WWW, { k: 'servfail' }, nameservers(54)),
  tcp('over-tcp-rcode-refused', WWW, { k: 'refused' }, nameservers(55)),
  tcp('over-tcp-udp-silent', WWW, { k: 'ok', n: 2 }, nameservers(66)),
  tcp('over-tcp-closed', WWW, { k: 'conn_refused' }, nameservers(57)),
  tcp('over-tcp-silent', WWW, { k: 'timeout' }, nameservers(56)),
  tcp('over-tcp-dropped', WWW, { k: 'timeout' }, at('198.51.100.53')),
  tcp('over-tcp-prohibited', WWW, { k: 'unreachable' }, at('198.51.102.53')),
  tcp('over-tcp-reset', WWW, { k: 'conn_refused' }, at('198.51.106.53')),
  tcp('over-tcp-no-route', WWW, { k: 'unreachable' }, at('192.0.2.53')),
  tcp('over-tcp-closes', WWW, { k: 'servfail' }, nameservers(62)),
  tcp('over-tcp-aaaa-silent', 'halfsilent.example.com.', { k: 'ok', n: 1, partial: 'timed-out' }),
  tcp('over-tcp-first-closed', WWW, { k: 'ok', n: 2, degraded: true }, nameservers(57, 53)),
  tcp(
    'over-tcp-first-dropped',
    WWW,
    { k: 'ok', n: 2, degraded: true },
    at('198.51.100.53') + nameservers(53),
  ),
  tcp('over-tcp-first-silent', WWW, { k: 'ok', n: 2, degraded: true }, nameservers(56, 53)),
  tcp('over-tcp-search-list', 'second', { k: 'ok', name: 'second.svc.cluster.local' }, CLUSTER),
  {
    ...tcp('over-tcp-server-named', WWW, { k: 'ok', n: 2 }),
    question: { name: WWW, server: '203.0.113.53', transport: 'tcp' },
  },
  {
    ...tcp('over-tcp-server-named-closed', WWW, { k: 'conn_refused' }),
    question: { name: WWW, server: '203.0.113.57', transport: 'tcp' },
  },
  {
    ...dns('over-udp', WWW, { k: 'ok', n: 2 }),
    question: { name: WWW, server: '203.0.113.53', transport: 'udp' },
  },
];

const reverseLookups: readonly Scenario[] = [
  reverse('reverse', '203.0.113.10', {
    k: 'pointers',
    has: { pointers: ['www.example.com'], addresses: [] },
  }),
  reverse('reverse-two-names', '203.0.113.11', {
    k: 'pointers',
    has: { pointers: ['one.example.com', 'two.example.com'] },
  }),
  reverse('reverse-ipv6', '2001:db8:5::10', { k: 'pointers', has: { pointers: ['six.example.com'] } }),
  reverse('reverse-alias', '203.0.113.13', {
    k: 'pointers',
    has: { pointers: ['delegated.example.com'], aliases: ['13.0-63.113.0.203.in-addr.arpa'] },
  }),
  reverse('reverse-authoritative', '203.0.113.10', { k: 'pointers' }, nameservers(58)),
  reverse('reverse-no-data', '203.0.113.12', { k: 'nodata' }),
  reverse('reverse-no-data-authoritative', '203.0.113.12', { k: 'nodata' }, nameservers(58)),
  reverse('reverse-not-found', '203.0.113.99', { k: 'nxdomain' }),
  reverse('reverse-servfail', '203.0.113.10', { k: 'servfail' }, nameservers(54)),
  reverse('reverse-rcode-refused', '203.0.113.10', { k: 'refused' }, nameservers(55)),
  reverse('reverse-silent', '203.0.113.10', { k: 'timeout' }, nameservers(56)),
  reverse('reverse-closed', '203.0.113.10', { k: 'conn_refused' }, nameservers(57)),
  reverse('reverse-first-dead', '203.0.113.10', { k: 'pointers', degraded: true }, nameservers(56, 53)),
  {
    ...reverse('reverse-over-tcp', '203.0.113.10', { k: 'pointers' }),
    question: { name: '203.0.113.10', reverse: true, transport: 'tcp', server: '203.0.113.53' },
  },
];

export const dnsLookup: readonly Scenario[] = [
  ...answers,
  ...failures,
  ...halves,
  ...severalServers,
  ...searchPath,
  ...overTcp,
  ...reverseLookups,
];
