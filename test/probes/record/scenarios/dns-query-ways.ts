import {
  BIG,
  flags,
  found,
  HOST,
  of,
  overTcp,
  overUdp,
  query,
  response,
  unnamed,
  WWW,
} from './dns-query-shared.ts';
import { at, nameservers, type Scenario, SEARCH } from './scenario.ts';

export const tcp: readonly Scenario[] = [
  query('truncated', of(53, 'A', BIG), {
    k: 'response',
    n: 60,
    has: { rcode: 'NOERROR', retriedOverTcp: true, transport: 'tcp' },
  }),
  query('truncated-udp-alone', overUdp(53, BIG), response('NOERROR', [], { flags: flags('tc', 'rd', 'ra') })),
  query('truncated-tcp-closed', of(59, 'A', BIG), { k: 'connection-refused' }),
  query('truncated-tcp-silent', of(64, 'A', BIG), { k: 'timed-out' }),
  query('over-tcp', overTcp(53), response('NOERROR', [HOST], { transport: 'tcp', retriedOverTcp: false })),
  query('over-tcp-udp-silent', overTcp(66), found(HOST)),
  query('over-udp-udp-silent', overUdp(66), { k: 'timed-out' }),
  query('over-tcp-nxdomain', overTcp(53, 'nope.example.com.'), response('NXDOMAIN', [])),
  query('over-tcp-closed', overTcp(57), { k: 'connection-refused' }),
  query('over-tcp-reset-by-filter', { ...overTcp(57), server: '198.51.106.53' }, { k: 'connection-refused' }),
  query('over-tcp-silent', overTcp(56), { k: 'timed-out' }),
  query('over-tcp-dropped', { ...overTcp(56), server: '198.51.100.53' }, { k: 'timed-out' }),
  query('over-tcp-prohibited', { ...overTcp(56), server: '198.51.102.53' }, { k: 'unreachable' }),
  query('over-tcp-no-route', { ...overTcp(56), server: '192.0.2.53' }, { k: 'unreachable' }),
  query('over-tcp-closes', overTcp(62), { k: 'server-failure' }),
  query('over-tcp-resets', overTcp(63), { k: 'server-failure' }),
  query('over-tcp-noise', overTcp(65), { k: 'server-failure' }),
];

const CLUSTER = nameservers(58) + SEARCH;
const asked = (name: string): Scenario['truth'] => response('NOERROR', [HOST], { askedName: name });

/** Through the pod's own resolv.conf. */
export const ownResolver: readonly Scenario[] = [
  query('search-list-first', unnamed('web'), asked('web.shop.svc.cluster.local'), CLUSTER),
  query('search-list-second', unnamed('second'), asked('second.svc.cluster.local'), CLUSTER),
  query('search-list-third', unnamed('third'), asked('third.cluster.local'), CLUSTER),
  query('search-list-as-it-is', unnamed('www.example.com'), asked('www.example.com'), CLUSTER),
  query('search-list-nxdomain', unnamed('nope'), response('NXDOMAIN', []), CLUSTER),
  query(
    'search-list-servfail',
    unnamed('broken'),
    response('SERVFAIL', [], { askedName: 'broken.svc.cluster.local' }),
    CLUSTER,
  ),
  // Where nslookup throws the answer away, because it is of a nameserver that does no recursion.
  query(
    'first-without-recursion',
    unnamed('second'),
    response('NOERROR', [HOST], { server: '203.0.113.58' }),
    nameservers(58, 68) + SEARCH,
  ),
  query('first-dead', unnamed(WWW), { ...found(HOST), retried: true }, nameservers(56, 53)),
  query('first-closed', unnamed(WWW), { ...found(HOST), retried: true }, nameservers(57, 53)),
  query('first-servfail', unnamed(WWW), { ...found(HOST), retried: true }, nameservers(54, 53)),
  query('two-silent', unnamed(WWW), { k: 'timed-out' }, nameservers(56) + at('198.51.100.53')),
  query('two-closed', unnamed(WWW), { k: 'connection-refused' }, nameservers(57, 61)),
  query('servfail-then-silent', unnamed(WWW), { k: 'server-failure' }, nameservers(54, 56)),
];
