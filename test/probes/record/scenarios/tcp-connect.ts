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

export const tcpConnect: readonly Scenario[] = [
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
