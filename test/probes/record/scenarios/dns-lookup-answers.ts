import { BOTH, dns, NEITHER, ONLY_FOUR, rationed, WWW } from './dns-lookup-shared.ts';
import { at, nameservers, type Scenario } from './scenario.ts';

export const answers: readonly Scenario[] = [
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
  dns('second-try-answers', WWW, { k: 'ok', n: 2, degraded: true, whole: true }, nameservers(67)),
  dns('ipv6-nameserver', WWW, { k: 'ok', n: 2 }, at('2001:db8:5::53')),
  { ...dns('server-named', WWW, { k: 'ok' }), question: { name: WWW, server: '203.0.113.53' } },
  {
    ...dns('server-named-silent', WWW, { k: 'timeout' }),
    question: { name: WWW, server: '203.0.113.56' },
  },
];

export const failures: readonly Scenario[] = [
  dns('servfail', WWW, { k: 'servfail' }, nameservers(54)),
  dns('rcode-refused', WWW, { k: 'refused' }, nameservers(55)),
  dns('formerr', 'formerr.example.com.', { k: 'servfail' }),
  dns('silent', WWW, { k: 'timeout' }, nameservers(56)),
  dns('nothing-listens', WWW, { k: 'conn_refused' }, nameservers(57)),
  dns('dropped', WWW, { k: 'timeout' }, at('198.51.100.53')),
  dns('net-unreachable', WWW, { k: 'unreachable_or_timeout' }, at('198.51.101.53')),
  dns('prohibited', WWW, { k: 'unreachable' }, at('198.51.102.53')),
  dns('net-unreachable-by-filter', WWW, { k: 'unreachable_or_timeout' }, at('198.51.103.53')),
  dns('no-route', WWW, { k: 'unreachable' }, at('192.0.2.53'), true),
  dns('ipv6-unreachable', WWW, { k: 'unreachable_or_timeout' }, at('2001:db8:101::53')),
  dns('ipv6-closed', WWW, { k: 'conn_refused' }, at('2001:db8:5::10')),
  dns('too-slow-answer', 'late.example.com.', { k: 'timeout' }, nameservers(53), false),
  dns('no-name', 'www..example.com.', { k: 'nxdomain' }),
  dns('no-dns-message', WWW, { k: 'timeout' }, nameservers(60), false),
  dns('udp-silent-tcp-open', WWW, { k: 'timeout' }, nameservers(66), false),
  dns('broken-reply', WWW, { k: 'servfail' }, nameservers(70), false),
  rationed('refused-at-the-second-try', 'drop'),
  rationed('refused-at-the-first-try', 'reject'),
];

/** One record type answered, the other not. */
export const halves: readonly Scenario[] = [
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
