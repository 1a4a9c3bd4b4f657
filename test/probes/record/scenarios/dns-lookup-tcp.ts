import { BOTH, CLUSTER, dns, WWW } from './dns-lookup-shared.ts';
import { at, nameservers, type Scenario } from './scenario.ts';

/** The same over TCP, which BusyBox cannot do: one recording shows what it says. */
const tcp = (
  name: string,
  host: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
): Scenario => ({
  ...dns(name, host, truth, resolvConf, name === 'over-tcp'),
  question: { name: host, transport: 'tcp' },
});

const BIG = 'big.example.com.';
export const overTcp: readonly Scenario[] = [
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
  tcp('over-tcp-first-closed', WWW, { k: 'ok', n: 2, degraded: true, whole: true }, nameservers(57, 53)),
  tcp(
    'over-tcp-first-dropped',
    WWW,
    { k: 'ok', n: 2, degraded: true, whole: true },
    at('198.51.100.53') + nameservers(53),
  ),
  tcp('over-tcp-first-silent', WWW, { k: 'ok', n: 2, degraded: true, whole: true }, nameservers(56, 53)),
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
