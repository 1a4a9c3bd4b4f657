/** Links, addresses, routes, neighbours. */
import type { Scenario } from './scenario.ts';

interface Condition {
  readonly truth?: Readonly<Record<string, unknown>>;
  readonly before?: string;
  readonly after?: string;
  readonly busybox?: boolean;
}

const scenariosOf = (
  read: 'addresses' | 'routes' | 'neighbours',
  conditions: Readonly<Record<string, Condition>>,
): readonly Scenario[] =>
  Object.entries(conditions).map(([name, { truth, ...condition }]) => ({
    name,
    probe: 'interface',
    question: { read },
    truth: { k: read, ...truth },
    ...condition,
  }));

const GATEWAY = 'ip -4 route replace default via 10.77.0.1';
const NO_DEFAULTS = 'ip route del default; ip -6 route del default';
const DEFAULTS = 'ip route replace default via 10.77.0.1; ip -6 route replace default via 2001:db8:77::1';
const ADDRESSES = `ip address replace 10.77.0.2/24 dev eth0; ip address replace 2001:db8:77::2/64 dev eth0 nodad; ${DEFAULTS}`;

const addresses = scenariosOf('addresses', {
  addresses: {
    truth: { addresses: '10.77.0.2 2001:db8:77::2', links: 'eth0 true 1500' },
    busybox: true,
  },
  'addresses-none': { truth: { addresses: '' }, before: 'ip address flush dev eth0', after: ADDRESSES },
  'addresses-ipv6-only': {
    truth: { addresses: '2001:db8:77::2' },
    before: 'ip -4 address flush dev eth0',
    after: ADDRESSES,
  },
  'addresses-ipv4-only': {
    truth: { addresses: '10.77.0.2' },
    before: 'sysctl -qw net.ipv6.conf.all.disable_ipv6=1',
    after: `sysctl -qw net.ipv6.conf.all.disable_ipv6=0; ${ADDRESSES}`,
  },
  'addresses-several': {
    truth: { addresses: '10.77.0.2 2001:db8:77::2 192.168.99.1' },
    before:
      'ip link add net1 type veth peer name net2; ip address add 192.168.99.1/24 dev net1; ip link set net2 up; ip link set net1 up',
    after: 'ip link del net1',
  },
  // As a pod of the host's network sees a node: a bridge for its pods, and the addresses of Services on a link that is down.
  'addresses-host-network': {
    truth: {
      addresses: '10.77.0.2 2001:db8:77::2 10.244.0.1 10.96.0.10 10.96.0.1',
      links: 'eth0 true 1500, cni0 true 1450, vethb true 1450, vetha true 1450, kube-ipvs0 false 1500',
    },
    before: `ip link add cni0 type bridge; ip link add vetha type veth peer name vethb
      ip link set vetha mtu 1450 master cni0 up; ip link set vethb mtu 1450 up; ip link set cni0 up
      ip address add 10.244.0.1/24 dev cni0; ip link add kube-ipvs0 type ifb
      ip address add 10.96.0.10/32 dev kube-ipvs0; ip address add 10.96.0.1/32 dev kube-ipvs0; sleep 0.5`,
    after: 'ip link del kube-ipvs0; ip link del vetha; ip link del cni0',
  },
  'small-mtu': {
    truth: { links: 'eth0 true 1280' },
    before: 'ip link set eth0 mtu 1280',
    after: 'ip link set eth0 mtu 1500',
  },
  'link-down': {
    truth: {
      addresses: '10.77.0.2 2001:db8:77::2 192.168.99.1',
      links: 'eth0 true 1500, net2 false 1500, net1 false 1500',
    },
    before: 'ip link add net1 type veth peer name net2; ip address add 192.168.99.1/24 dev net1',
    after: 'ip link del net1',
  },
  'no-carrier': {
    truth: { links: 'eth0 true 1500, net2 false 1500, net1 false 1500' },
    before: 'ip link add net1 type veth peer name net2; ip link set net1 up',
    after: 'ip link del net1',
  },
});

const routes = scenariosOf('routes', {
  routes: {
    truth: {
      defaults: 2,
      main: 'default 10.77.0.1 eth0, 10.77.0.0/24 - eth0, 2001:db8:77::/64 - eth0, default 2001:db8:77::1 eth0',
    },
    busybox: true,
  },
  'routes-no-default': { truth: { defaults: 0 }, before: NO_DEFAULTS, after: DEFAULTS },
  'routes-ipv6-only': {
    truth: { defaults: 1 },
    before: 'ip route del default',
    after: 'ip route add default via 10.77.0.1',
  },
  'routes-point-to-point': {
    truth: { defaults: 1 },
    before: `${NO_DEFAULTS}; ip route add default dev eth0`,
    after: `ip route del default; ${DEFAULTS}`,
  },
  // Calico's: the gateway is no real address, and is reached through a route of its own.
  'routes-link-local-gateway': {
    truth: {
      defaults: 1,
      main: 'default 169.254.1.1 eth0, 10.77.0.0/24 - eth0, 169.254.1.1 - eth0, 2001:db8:77::/64 - eth0',
    },
    before: `${NO_DEFAULTS}; ip route add 169.254.1.1 dev eth0; ip route add default via 169.254.1.1 dev eth0`,
    after: `ip route del default; ip route del 169.254.1.1 dev eth0; ${DEFAULTS}`,
  },
  'routes-metrics': {
    truth: { defaults: 3 },
    before: 'ip route add default via 10.77.0.9 metric 200 src 10.77.0.2',
    after: 'ip route del default via 10.77.0.9 metric 200',
  },
  'routes-policy-table': {
    truth: { defaults: 2 },
    before: 'ip route add default via 10.77.0.9 table 100; ip rule add from 10.77.0.3 table 100',
    after: 'ip rule del from 10.77.0.3 table 100; ip route flush table 100',
  },
  'routes-two-gateways': {
    truth: { defaults: 3 },
    before: 'ip -4 route replace default nexthop via 10.77.0.1 nexthop via 10.77.0.9',
    after: GATEWAY,
  },
  'routes-gateway-of-other-family': {
    truth: { defaults: 2 },
    before: 'ip -4 route replace default via inet6 fe80::1 dev eth0',
    after: GATEWAY,
  },
  'routes-default-prohibited': {
    truth: { defaults: 1 },
    before: 'ip route del default; ip route add prohibit default',
    after: 'ip route del prohibit default; ip route add default via 10.77.0.1',
  },
});

const FLUSH = 'ip neighbour flush all nud all 2>/dev/null || :';
const PING = 'ping -n -c 1 -W 1';

const neighbours = scenariosOf('neighbours', {
  'neighbours-none': { truth: { neighbours: '' }, before: FLUSH, busybox: true },
  'neighbours-reachable': {
    truth: { neighbours: '10.77.0.1 REACHABLE' },
    before: `${FLUSH}; ${PING} 10.77.0.1 >/dev/null`,
    after: FLUSH,
  },
  'neighbours-reachable-ipv6': {
    truth: { neighbours: '2001:db8:77::1 REACHABLE' },
    before: `${FLUSH}; ${PING} 2001:db8:77::1 >/dev/null; ip neighbour flush to fe80::/10 dev eth0 || :`,
    after: FLUSH,
  },
  'neighbours-incomplete': {
    truth: { neighbours: '10.77.0.99 INCOMPLETE' },
    before: `${FLUSH}; ${PING} 10.77.0.99 >/dev/null || :`,
    after: 'sleep 3',
  },
  'neighbours-failed': {
    truth: { neighbours: '10.77.0.99 FAILED' },
    before: `${FLUSH}; ${PING} 10.77.0.99 >/dev/null || :; sleep 3`,
    after: FLUSH,
  },
  // The gateway went away after it had answered.
  'neighbours-gateway-lost': {
    truth: { neighbours: '10.77.0.99 FAILED, 10.77.0.1 REACHABLE' },
    before: `${FLUSH}; ${PING} 10.77.0.1 >/dev/null; ${PING} 10.77.0.99 >/dev/null || :; sleep 3`,
    after: FLUSH,
  },
  // An old entry is used again: trusted for five seconds, then asked after.
  'neighbours-delay': {
    truth: { neighbours: '10.77.0.1 DELAY' },
    before: `${FLUSH}; ${PING} 10.77.0.1 >/dev/null; mac=$(ip neighbour show 10.77.0.1 | cut -d' ' -f5)
      ip neighbour change 10.77.0.1 lladdr "$mac" nud stale dev eth0; ${PING} 10.77.0.1 >/dev/null`,
    after: FLUSH,
  },
  'neighbours-set-by-hand': {
    truth: { neighbours: '10.77.0.25 STALE, 10.77.0.24 REACHABLE, 10.77.0.23 PERMANENT' },
    before: `${FLUSH}
      ip neighbour add 10.77.0.22 lladdr 02:00:00:00:00:22 nud noarp dev eth0
      ip neighbour add 10.77.0.23 lladdr 02:00:00:00:00:23 nud permanent dev eth0
      ip neighbour add 10.77.0.24 lladdr 02:00:00:00:00:24 nud reachable dev eth0
      ip neighbour add 10.77.0.25 lladdr 02:00:00:00:00:25 nud stale dev eth0`,
    after: FLUSH,
  },
  'neighbours-probe': {
    truth: { neighbours: '10.77.0.27 PROBE' },
    before: `${FLUSH}; ip neighbour add 10.77.0.27 lladdr 02:00:00:00:00:27 nud probe dev eth0`,
    after: FLUSH,
  },
});

export const networkInterface: readonly Scenario[] = [...addresses, ...routes, ...neighbours];
