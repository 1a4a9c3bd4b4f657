import { FORGET_PATHS } from '../paths.ts';
import { nameservers, type Scenario } from './scenario.ts';

const ping = (
  name: string,
  host: string,
  truth: Scenario['truth'],
  more: Partial<Scenario> = {},
): Scenario => ({
  name,
  probe: 'icmp-echo',
  question: { host },
  truth,
  busybox: true,
  ...more,
});
const asking = (
  name: string,
  question: { readonly host: string; readonly family?: 'ipv4' | 'ipv6'; readonly payloadBytes?: number },
  truth: Scenario['truth'],
): Scenario => ({ ...ping(name, question.host, truth), question });
const NARROW = 'ip route add 203.0.113.10/32 via 10.77.0.1 mtu lock 1300';
const WIDE = 'ip route del 203.0.113.10/32';

export const icmpEcho: readonly Scenario[] = [
  ping('ok', '203.0.113.10', { k: 'ok' }),
  ping('ok-ipv6', '2001:db8:5::10', { k: 'ok' }),
  ping('ok-by-name', 'www.example.com', { k: 'ok' }),
  ping('some-loss', '198.51.107.1', { k: 'some_loss' }),
  ping('dropped', '198.51.100.1', { k: 'loss', loss: 100 }),
  ping('host-down', '10.77.0.77', { k: 'host_unreachable', loss: 100 }),
  ping('host-unreachable', '198.51.101.1', { k: 'unreachable', which: 'host', loss: 100 }),
  ping('filtered', '198.51.102.1', { k: 'unreachable', which: 'prohibited', loss: 100 }),
  ping('network-unreachable', '198.51.103.1', { k: 'unreachable', which: 'network', loss: 100 }),
  ping('host-prohibited', '198.51.104.1', { k: 'unreachable', which: 'prohibited', loss: 100 }),
  ping('port-unreachable', '198.51.105.1', { k: 'unreachable', which: 'port', loss: 100 }),
  ping('ipv6-no-route', '2001:db8:101::1', { k: 'unreachable', which: 'network', loss: 100 }),
  ping('ipv6-prohibited', '2001:db8:102::1', { k: 'unreachable', which: 'prohibited', loss: 100 }),
  ping('no-default-route', '192.0.2.1', { k: 'unreachable', which: 'network' }),
  ping(
    'local-prohibited',
    '203.0.113.10',
    { k: 'unreachable', which: 'prohibited' },
    {
      before: 'ip route add prohibit 203.0.113.10/32',
      after: 'ip route del prohibit 203.0.113.10/32',
      busybox: false,
    },
  ),
  ping(
    'local-filter',
    '203.0.113.10',
    { k: 'unreachable', which: 'prohibited', loss: 100 },
    {
      before:
        "nft 'add table ip out; add chain ip out output { type filter hook output priority 0; }; add rule ip out output meta l4proto icmp drop'",
      after: 'nft delete table ip out',
    },
  ),
  ping('name-absent', 'nope.example.com', { k: 'dns' }),
  ping(
    'name-silent',
    'www.example.com',
    { k: 'dns' },
    { resolvConf: `${nameservers(56)}options timeout:1 attempts:1\n` },
  ),
  {
    ...ping('payload-fits', '203.0.113.10', { k: 'ok' }, { busybox: false }),
    question: { host: '203.0.113.10', payloadBytes: 1400 },
  },
  {
    ...ping('payload-too-big', '203.0.113.10', { k: 'mtu', mtu: 1500 }, { busybox: false }),
    question: { host: '203.0.113.10', payloadBytes: 2000 },
  },
  {
    ...ping(
      'payload-over-path',
      '203.0.113.10',
      { k: 'mtu', mtu: 1300 },
      { busybox: false, before: NARROW, after: WIDE },
    ),
    question: { host: '203.0.113.10', payloadBytes: 1400 },
  },
  ping(
    'no-permission',
    '203.0.113.10',
    { k: 'permission' },
    {
      asNobody: true,
      before: "sysctl -qw net.ipv4.ping_group_range='1 0'",
      after: "sysctl -qw net.ipv4.ping_group_range='0 2147483647'",
    },
  ),
  ping('unprivileged', '203.0.113.10', { k: 'ok' }, { asNobody: true }),
  ping('duplicates', '198.51.136.1', { k: 'ok', duplicates: true }),
  ping('duplicates-ipv6', '2001:db8:130::1', { k: 'ok', duplicates: true }),
  ping('reply-and-host-unreachable', '198.51.130.1', { k: 'some_loss', errors: 'host 1' }),
  ping('reply-prohibited-and-lost', '198.51.131.1', { k: 'some_loss', errors: 'prohibited 1' }),
  ping(
    'three-errors',
    '198.51.132.1',
    {
      k: 'unreachable',
      which: 'network',
      loss: 100,
      errors: 'network 1, prohibited 1, unspecified 1',
    },
    // BusyBox counts from 0, and so hears a reply.
    { busybox: false },
  ),
  ping('net-prohibited', '198.51.133.1', { k: 'unreachable', which: 'prohibited', loss: 100 }),
  ping('protocol-unreachable', '198.51.134.1', { k: 'unreachable', which: 'unspecified', loss: 100 }),
  ping('ipv6-reply-and-address-unreachable', '2001:db8:131::1', { k: 'some_loss', errors: 'host 1' }),
  ping('ipv6-address-unreachable', '2001:db8:132::1', { k: 'unreachable', which: 'host', loss: 100 }),
  ping('ipv6-port-unreachable', '2001:db8:133::1', { k: 'unreachable', which: 'port', loss: 100 }),
  ping('routing-loop', '198.51.121.1', { k: 'unreachable', which: 'time-exceeded', loss: 100 }),
  ping('ipv6-routing-loop', '2001:db8:121::1', { k: 'unreachable', which: 'time-exceeded', loss: 100 }),
  ping(
    'reply-then-local-filter',
    '203.0.113.10',
    // iputils' ping does not say that it could not send.
    { k: 'some_loss' },
    {
      before:
        "nft 'add table ip out; add chain ip out output { type filter hook output priority 0; }; add rule ip out output icmp type echo-request icmp sequence 1 drop'",
      after: 'nft delete table ip out',
    },
  ),
  asking('family-ipv4', { host: 'www.example.com', family: 'ipv4' }, { k: 'ok' }),
  asking('family-ipv6', { host: 'www.example.com', family: 'ipv6' }, { k: 'ok' }),
  asking('family-without-address', { host: 'four.example.com', family: 'ipv6' }, { k: 'dns' }),
  asking('family-other-than-address', { host: '203.0.113.10', family: 'ipv6' }, { k: 'dns' }),
  {
    ...asking(
      'ipv6-payload-over-path',
      { host: '2001:db8:120::1', payloadBytes: 1400 },
      { k: 'mtu', mtu: 1300 },
    ),
    busybox: false,
    before: FORGET_PATHS,
    beforeWorld: 'ip link set far0 mtu 1300',
    afterWorld: 'ip link set far0 mtu 1500',
    after: FORGET_PATHS,
  },
  {
    ...asking(
      'payload-told-by-router',
      { host: '198.51.120.1', payloadBytes: 1400 },
      { k: 'mtu', mtu: 1300 },
    ),
    busybox: false,
    before: FORGET_PATHS,
    beforeWorld: 'ip link set far0 mtu 1300',
    afterWorld: 'ip link set far0 mtu 1500',
    after: FORGET_PATHS,
  },
];
