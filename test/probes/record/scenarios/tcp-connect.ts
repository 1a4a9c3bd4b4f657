import { nameservers, type Scenario } from './scenario.ts';

const tcp = (
  name: string,
  host: string,
  port: number,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
): Scenario => ({
  name,
  probe: 'tcp-connect',
  question: { host, port },
  truth,
  resolvConf: `${resolvConf}options timeout:1 attempts:1\n`,
});

const byNc: readonly Scenario[] = [
  { ...tcp('open', '203.0.113.10', 80, { k: 'open' }), busybox: true },
  tcp('open-ipv6', '2001:db8:5::10', 80, { k: 'open' }),
  tcp('open-by-name', 'four.example.com', 80, { k: 'open' }),
  tcp('one-family-unreachable', 'mixed.example.com', 80, { k: 'open' }),
  tcp('refused', '203.0.113.10', 81, { k: 'refused' }),
  tcp('refused-both-families', 'www.example.com', 81, { k: 'refused' }),
  tcp('refused-by-icmp', '198.51.105.1', 80, { k: 'refused' }),
  tcp('refused-by-reset', '198.51.106.1', 80, { k: 'refused' }),
  tcp('dropped', '198.51.100.1', 80, { k: 'timeout' }),
  tcp('dropped-and-unreachable', 'dead.example.com', 80, { k: 'timeout' }),
  tcp('host-unreachable', '198.51.101.1', 80, { k: 'unreachable', which: 'host' }),
  tcp('prohibited', '198.51.102.1', 80, { k: 'unreachable', which: 'host' }),
  tcp('network-unreachable', '198.51.103.1', 80, { k: 'unreachable', which: 'network' }),
  tcp('ipv6-no-route', '2001:db8:101::1', 80, { k: 'unreachable', which: 'network' }),
  tcp('ipv6-prohibited', '2001:db8:102::1', 80, { k: 'unreachable', which: 'prohibited' }),
  tcp('no-default-route', '192.0.2.1', 80, { k: 'unreachable', which: 'network' }),
  {
    ...tcp('local-filter', '203.0.113.10', 80, { k: 'permission' }),
    before: 'ip route add prohibit 203.0.113.10/32',
    after: 'ip route del prohibit 203.0.113.10/32',
  },
  tcp('name-absent', 'nope.example.com', 80, { k: 'dns' }),
  tcp('name-without-address', 'empty.example.com', 80, { k: 'dns' }),
  tcp('name-silent', 'www.example.com', 80, { k: 'dns' }, nameservers(56)),
  tcp('name-servfail', 'www.example.com', 80, { k: 'dns' }, nameservers(54)),
];

const more = (
  name: string,
  question: { readonly host: string; readonly port: number; readonly family?: 'ipv4' | 'ipv6' },
  truth: Scenario['truth'],
): Scenario => ({ ...tcp(name, question.host, question.port, truth), question });

const moreByNc: readonly Scenario[] = [
  more('family-ipv4', { host: 'www.example.com', port: 80, family: 'ipv4' }, { k: 'open' }),
  more('family-ipv6', { host: 'www.example.com', port: 80, family: 'ipv6' }, { k: 'open' }),
  more('family-ipv4-refused', { host: 'www.example.com', port: 81, family: 'ipv4' }, { k: 'refused' }),
  more(
    'family-of-mixed-unreachable',
    { host: 'mixed.example.com', port: 80, family: 'ipv6' },
    { k: 'unreachable', which: 'network' },
  ),
  more('family-of-mixed-open', { host: 'mixed.example.com', port: 80, family: 'ipv4' }, { k: 'open' }),
  more('family-absent', { host: 'four.example.com', port: 80, family: 'ipv6' }, { k: 'dns' }),
  more('family-other-than-address', { host: '2001:db8:5::10', port: 80, family: 'ipv4' }, { k: 'dns' }),
  tcp('protocol-unreachable', '198.51.134.1', 80, { k: 'unreachable', which: 'unspecified' }),
  tcp('ipv6-address-unreachable', '2001:db8:132::1', 80, { k: 'unreachable', which: 'host' }),
  tcp('ipv6-refused-by-icmp', '2001:db8:133::1', 80, { k: 'refused' }),
  tcp('routing-loop', '198.51.121.1', 80, { k: 'unreachable', which: 'host' }),
  tcp('host-down', '10.77.0.77', 80, { k: 'unreachable_or_timeout' }),
  tcp('open-and-reset', '203.0.113.10', 9009, { k: 'open_or_reset' }),
];

/** The same by curl, of which more is known: it holds the connection for as long as the server does. */
const byCurl = [...byNc, ...moreByNc.filter(({ name }) => name !== 'family-other-than-address')].map(
  ({ name, question, busybox: _, ...scenario }): Scenario => ({
    ...scenario,
    name: `curl-${name}`,
    question: { ...Object(question), via: 'curl' },
  }),
);

export const tcpConnect: readonly Scenario[] = [
  ...byNc,
  ...moreByNc,
  ...byCurl,
  {
    ...tcp('curl-open-and-closed', '203.0.113.10', 9010, { k: 'open' }),
    question: { host: '203.0.113.10', port: 9010, via: 'curl' },
  },
  {
    ...tcp('curl-open-with-greeting', '203.0.113.10', 443, { k: 'open' }),
    question: { host: '203.0.113.10', port: 443, via: 'curl' },
  },
];
