import type { Scenario } from './scenario.ts';

const gateway = (name: string, truth: Scenario['truth'], more: Partial<Scenario> = {}): Scenario => ({
  name,
  probe: 'gateway',
  question: {},
  truth,
  busybox: true,
  ...more,
});
const DEFAULTS =
  'ip route flush exact default; ip -6 route flush exact default; ip route add default via 10.77.0.1; ip -6 route add default via 2001:db8:77::1';
const NONE = 'ip route flush exact default; ip -6 route flush exact default';
const instead = (routes: string): Pick<Scenario, 'before' | 'after'> => ({
  before: `${NONE}; ${routes}`,
  after: DEFAULTS,
});
const onLink = 'ip route add 169.254.1.1 dev eth0 scope link; ip route add default via 169.254.1.1 dev eth0';
/** As in an image that does not have it. In the pod's mounts only. */
const WITHOUT_IP = 'mount --bind /dev/null "$(command -v ip)"';
const WITH_IP = 'umount "$(command -v ip || echo /usr/bin/ip)"';
const ping = (rule: string): string =>
  `nft 'add table inet gw; add chain inet gw out { type filter hook output priority 0; }; add rule inet gw out ${rule}'`;

export const gateways: readonly Scenario[] = [
  gateway('both-families', {
    k: 'gateways',
    gateways: 'ipv4 10.77.0.1 replied, ipv6 2001:db8:77::1 replied',
    known: true,
  }),
  gateway(
    'ipv4-only',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 replied', known: true },
    instead('ip route add default via 10.77.0.1'),
  ),
  gateway(
    'ipv6-only',
    { k: 'gateways', gateways: 'ipv6 2001:db8:77::1 replied', known: true },
    instead('ip -6 route add default via 2001:db8:77::1'),
  ),
  gateway(
    'gone',
    { k: 'gateways', gateways: 'ipv4 10.77.0.99 no-reply', neighbours: ['INCOMPLETE', 'FAILED'] },
    instead('ip route add default via 10.77.0.99'),
  ),
  gateway(
    'gone-ipv6',
    { k: 'gateways', gateways: 'ipv6 2001:db8:77::99 no-reply', neighbours: ['INCOMPLETE', 'FAILED'] },
    instead('ip -6 route add default via 2001:db8:77::99'),
  ),
  gateway(
    'known-to-be-gone',
    {
      k: 'gateways',
      gateways: 'ipv4 10.77.0.99 no-reply',
      or: ['ipv4 10.77.0.99 unreachable'],
      neighbours: ['INCOMPLETE', 'FAILED'],
    },
    {
      before: `${NONE}; ip route add default via 10.77.0.99; ip neigh replace 10.77.0.99 dev eth0 nud failed`,
      after: DEFAULTS,
    },
  ),
  gateway(
    'silent-but-there',
    { k: 'gateways', gateways: 'ipv4 10.77.0.3 no-reply', known: true },
    instead('ip route add default via 10.77.0.3'),
  ),
  gateway(
    'calico',
    { k: 'gateways', gateways: 'ipv4 169.254.1.1 no-reply', known: true },
    {
      ...instead(onLink),
      beforeWorld:
        'sysctl -qw net.ipv4.conf.up0.proxy_arp=1; sysctl -qw net.ipv4.neigh.up0.proxy_delay=0; ip route add blackhole 169.254.1.1/32 || true; ip route replace 169.254.1.1/32 dev far0',
      afterWorld:
        'sysctl -qw net.ipv4.conf.up0.proxy_arp=0; ip route del 169.254.1.1/32; ip route del blackhole 169.254.1.1/32 || true',
      after: `${DEFAULTS}; ip route del 169.254.1.1 dev eth0; ip neigh flush dev eth0`,
    },
  ),
  gateway(
    'static-neighbour',
    { k: 'gateways', gateways: 'ipv4 169.254.1.1 no-reply', neighbours: ['PERMANENT'] },
    {
      before: `${NONE}; ${onLink}; ip neigh replace 169.254.1.1 lladdr ee:ee:ee:ee:ee:ee dev eth0 nud permanent`,
      after: `${DEFAULTS}; ip route del 169.254.1.1 dev eth0; ip neigh del 169.254.1.1 dev eth0`,
    },
  ),
  gateway(
    'link-local-ipv6',
    { k: 'gateways', gateways: 'ipv6 fe80::77 replied', known: true },
    {
      ...instead('ip -6 route add default via fe80::77 dev eth0'),
      beforeWorld: 'ip address add fe80::77/64 dev up0 nodad',
      afterWorld: 'ip address del fe80::77/64 dev up0',
    },
  ),
  gateway(
    'ipv6-gateway-of-ipv4',
    { k: 'gateways', gateways: 'ipv4 fe80::77 replied', known: true },
    {
      ...instead('ip -4 route add default via inet6 fe80::77 dev eth0'),
      beforeWorld: 'ip address add fe80::77/64 dev up0 nodad',
      afterWorld: 'ip address del fe80::77/64 dev up0',
      // It cannot say that there is such a route.
      busybox: false,
    },
  ),
  gateway(
    'two-ways',
    // BusyBox tells of none of them, and the kernel's old list of the first.
    {
      k: 'gateways',
      gateways: 'ipv4 10.77.0.1 replied, ipv4 10.77.0.99 no-reply',
      or: ['ipv4 10.77.0.1 replied'],
    },
    instead('ip route add default nexthop via 10.77.0.1 nexthop via 10.77.0.99'),
  ),
  gateway(
    'by-metric',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 replied, ipv4 10.77.0.3 no-reply', known: true },
    instead(
      'ip route add default via 10.77.0.1 metric 10; ip route add default via 10.77.0.1 metric 20; ip route add default via 10.77.0.3 metric 30',
    ),
  ),
  gateway(
    'many',
    {
      k: 'gateways',
      gateways:
        'ipv4 10.77.0.1 replied, ipv4 10.77.0.3 no-reply, ipv4 10.77.0.90 no-reply, ipv4 10.77.0.91 no-reply, ipv4 10.77.0.92 not-asked',
    },
    instead(
      'ip route add default via 10.77.0.1 metric 1; ip route add default via 10.77.0.3 metric 3; for host in 90 91 92; do ip route add default via 10.77.0.$host metric $host; done',
    ),
  ),
  gateway('none', { k: 'no-gateway', onLink: '' }, instead('true')),
  gateway(
    'point-to-point',
    { k: 'no-gateway', onLink: 'ipv4 eth0' },
    instead('ip route add default dev eth0'),
  ),
  gateway(
    'point-to-point-both',
    { k: 'no-gateway', onLink: 'ipv4 eth0, ipv6 eth0' },
    instead('ip route add default dev eth0; ip -6 route add default dev eth0'),
  ),
  gateway(
    'point-to-point-and-gateway',
    { k: 'gateways', gateways: 'ipv6 2001:db8:77::1 replied', onLink: 'ipv4 eth0' },
    instead('ip route add default dev eth0; ip -6 route add default via 2001:db8:77::1'),
  ),
  gateway(
    'prohibited-default',
    { k: 'no-gateway', onLink: '' },
    instead('ip route add prohibit default; ip -6 route add unreachable default'),
  ),
  gateway(
    'prohibited-beside-gateway',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 replied' },
    instead('ip route add unreachable default metric 4; ip route add default via 10.77.0.1 metric 9'),
  ),
  gateway(
    'without-neighbours',
    { k: 'gateways', gateways: 'ipv4 10.99.0.2 no-reply', neighbours: ['none'] },
    {
      before: `${NONE}; ip link add net1 type veth peer name net2; ip link set net2 up; ip link set net1 arp off; ip link set net1 up; ip address add 10.99.0.1/24 dev net1; ip route add default via 10.99.0.2`,
      after: `ip link del net1; ${DEFAULTS}`,
    },
  ),
  gateway(
    'local-filter',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 no-reply', or: ['ipv4 10.77.0.1 unreachable'] },
    {
      before: `${NONE}; ip route add default via 10.77.0.1; ${ping('meta l4proto icmp drop')}`,
      after: `${DEFAULTS}; nft delete table inet gw`,
    },
  ),
  gateway(
    'refused',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 unreachable', or: ['ipv4 10.77.0.1 no-reply'] },
    {
      ...instead('ip route add default via 10.77.0.1'),
      beforeWorld:
        "nft 'add table ip gw; add chain ip gw in { type filter hook input priority 0; }; add rule ip gw in icmp type echo-request reject with icmp admin-prohibited'",
      afterWorld: 'nft delete table ip gw',
    },
  ),
  gateway(
    'not-permitted',
    // A ping that has its right as a file capability may not even be started.
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 not-permitted', or: ['ipv4 10.77.0.1 not-asked'] },
    {
      asNobody: true,
      before: `${NONE}; ip route add default via 10.77.0.1; sysctl -qw net.ipv4.ping_group_range='1 0'`,
      after: `${DEFAULTS}; sysctl -qw net.ipv4.ping_group_range='0 2147483647'`,
    },
  ),
  gateway(
    'unprivileged',
    {
      k: 'gateways',
      gateways: 'ipv4 10.77.0.1 replied',
      known: true,
      or: ['ipv4 10.77.0.1 not-asked', 'ipv4 10.77.0.1 not-permitted'],
    },
    { ...instead('ip route add default via 10.77.0.1'), asNobody: true },
  ),
  gateway(
    'no-ipv6',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 replied', known: true },
    {
      before: 'sysctl -qw net.ipv6.conf.all.disable_ipv6=1',
      after: `sysctl -qw net.ipv6.conf.all.disable_ipv6=0; ip address add 2001:db8:77::2/64 dev eth0 nodad; ${DEFAULTS}`,
    },
  ),
  gateway(
    'link-down',
    { k: 'no-gateway', onLink: '' },
    {
      before: 'ip link set eth0 down',
      after: `ip link set eth0 up; ip address replace 2001:db8:77::2/64 dev eth0 nodad; ${DEFAULTS}`,
    },
  ),
  // The kernel's old lists: of two ways they have the first, of neighbours only IPv4's.
  gateway(
    'without-ip',
    { k: 'gateways', gateways: 'ipv4 10.77.0.1 replied, ipv6 2001:db8:77::1 replied' },
    { before: WITHOUT_IP, after: WITH_IP, busybox: false },
  ),
  gateway(
    'without-ip-gone',
    { k: 'gateways', gateways: 'ipv4 10.77.0.99 no-reply', neighbours: ['INCOMPLETE', 'FAILED'] },
    {
      before: `${NONE}; ip route add default via 10.77.0.99; ${WITHOUT_IP}`,
      after: `${WITH_IP}; ${DEFAULTS}`,
      busybox: false,
    },
  ),
  gateway(
    'without-ip-link-local',
    { k: 'gateways', gateways: 'ipv6 fe80::77 replied' },
    {
      before: `${NONE}; ip -6 route add default via fe80::77 dev eth0; ${WITHOUT_IP}`,
      after: `${WITH_IP}; ${DEFAULTS}`,
      beforeWorld: 'ip address add fe80::77/64 dev up0 nodad',
      afterWorld: 'ip address del fe80::77/64 dev up0',
      busybox: false,
    },
  ),
  gateway(
    'without-ip-point-to-point',
    { k: 'no-gateway', onLink: 'ipv4 eth0' },
    {
      before: `${NONE}; ip route add default dev eth0; ${WITHOUT_IP}`,
      after: `${WITH_IP}; ${DEFAULTS}`,
      busybox: false,
    },
  ),
  gateway(
    'without-ip-none',
    { k: 'no-gateway', onLink: '' },
    {
      before: `${NONE}; ip -6 route add unreachable default; ${WITHOUT_IP}`,
      after: `${WITH_IP}; ${DEFAULTS}`,
      busybox: false,
    },
  ),
];
