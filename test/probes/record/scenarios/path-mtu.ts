import { FORGET_PATHS } from '../paths.ts';
import { nameservers, type Scenario } from './scenario.ts';

interface Asked {
  readonly host: string;
  readonly family?: 'ipv4' | 'ipv6';
  readonly mtu?: number;
}

const pathMtu = (
  name: string,
  question: Asked,
  truth: Scenario['truth'],
  { before = 'true', after = 'true', ...more }: Partial<Scenario> = {},
): Scenario => ({
  name,
  probe: 'path-mtu',
  question,
  truth,
  ...more,
  before: `${FORGET_PATHS}; ${before}`,
  after: `${after}; ${FORGET_PATHS}`,
});

const FAR = '198.51.120.1';
const FAR6 = '2001:db8:120::1';
/** Below 1280 the kernel takes IPv6 off the link. */
const WIDE =
  'ip link set far0 mtu 1500; ip address replace 2001:db8:78::1/64 dev far0 nodad; ip -6 route replace 2001:db8:120::/47 via 2001:db8:78::2';
const narrow = (mtu: number): Pick<Scenario, 'beforeWorld' | 'afterWorld'> => ({
  beforeWorld: `ip link set far0 mtu ${mtu}`,
  afterWorld: WIDE,
});
const link = (mtu: number): Pick<Scenario, 'before' | 'after'> => ({
  before: `ip link set eth0 mtu ${mtu}`,
  after: 'ip link set eth0 mtu 1500',
});
/** Drops what a router tells of sizes, and nothing else: a black hole. */
const HUSH =
  "nft 'add table inet hush; add chain inet hush out { type filter hook output priority 0; }; add rule inet hush out icmp code frag-needed icmp type destination-unreachable drop; add rule inet hush out icmpv6 type packet-too-big drop'";
const hole = (mtu: number): Pick<Scenario, 'beforeWorld' | 'afterWorld'> => ({
  beforeWorld: `ip link set far0 mtu ${mtu}; ${HUSH}`,
  afterWorld: `${WIDE}; nft delete table inet hush`,
});
const jumbo = {
  before: 'ip link set eth0 mtu 9000',
  after: 'ip link set eth0 mtu 1500',
  beforeWorld: 'ip link set up0 mtu 9000',
  afterWorld: 'ip link set up0 mtu 1500',
};
const filter = (rule: string): Pick<Scenario, 'before' | 'after'> => ({
  before: `nft 'add table inet out; add chain inet out output { type filter hook output priority 0; }; add rule inet out output ${rule}'`,
  after: 'nft delete table inet out',
});

export const pathMtus: readonly Scenario[] = [
  pathMtu('whole', { host: FAR }, { k: 'measured', mtu: 1500, linkMtu: 1500 }, { busybox: true }),
  pathMtu('whole-ipv6', { host: FAR6 }, { k: 'measured', mtu: 1500, linkMtu: 1500 }),
  pathMtu('whole-by-name', { host: 'www.example.com' }, { k: 'measured', mtu: 1500, linkMtu: 1500 }),
  pathMtu('whole-by-name-ipv4', { host: 'www.example.com', family: 'ipv4' }, { k: 'measured', mtu: 1500 }),
  pathMtu('whole-by-name-ipv6', { host: 'www.example.com', family: 'ipv6' }, { k: 'measured', mtu: 1500 }),
  pathMtu('whole-overlay', { host: FAR }, { k: 'measured', mtu: 1450, linkMtu: 1450 }, link(1450)),
  pathMtu('whole-overlay-ipv6', { host: FAR6 }, { k: 'measured', mtu: 1450, linkMtu: 1450 }, link(1450)),
  pathMtu('whole-jumbo', { host: '203.0.113.10' }, { k: 'measured', mtu: 9000, linkMtu: 9000 }, jumbo),
  pathMtu('itself', { host: '10.77.0.2' }, { k: 'measured', mtu: 65_536, linkMtu: 65_536 }),
  pathMtu(
    'route-mtu',
    { host: FAR },
    { k: 'measured', mtu: 1400, linkMtu: 1500, routeMtu: 1400 },
    { before: `ip route add ${FAR} via 10.77.0.1 mtu 1400`, after: `ip route del ${FAR}` },
  ),
  pathMtu(
    'route-mtu-locked',
    { host: FAR },
    { k: 'measured', mtu: 1400, linkMtu: 1500, routeMtu: 1400 },
    { before: `ip route add ${FAR} via 10.77.0.1 mtu lock 1400`, after: `ip route del ${FAR}` },
  ),
  pathMtu(
    'told',
    { host: FAR },
    { k: 'measured', mtu: 1400, linkMtu: 1500, told: 1400, toldBy: '10.77.0.1' },
    narrow(1400),
  ),
  pathMtu(
    'told-ipv6',
    { host: FAR6 },
    { k: 'measured', mtu: 1400, linkMtu: 1500, told: 1400, toldBy: '2001:db8:77::1' },
    narrow(1400),
  ),
  pathMtu(
    'told-before',
    { host: FAR },
    { k: 'measured', mtu: 1400, linkMtu: 1500, told: 1400 },
    { before: `ping -c 1 -w 1 -M do -s 1472 ${FAR} || true`, ...narrow(1400) },
  ),
  pathMtu(
    'told-before-ipv6',
    { host: FAR6 },
    { k: 'measured', mtu: 1400, linkMtu: 1500, told: 1400 },
    { before: `ping -c 1 -w 1 -M do -s 1452 ${FAR6} || true`, ...narrow(1400) },
  ),
  pathMtu('told-over-jumbo', { host: FAR }, { k: 'measured', mtu: 1500, linkMtu: 9000, told: 1500 }, jumbo),
  pathMtu('black-hole', { host: FAR }, { k: 'measured', linkMtu: 1500, between: 1400 }, hole(1400)),
  pathMtu('black-hole-ipv6', { host: FAR6 }, { k: 'measured', linkMtu: 1500, between: 1400 }, hole(1400)),
  pathMtu(
    'black-hole-just-below',
    { host: FAR },
    { k: 'measured', linkMtu: 1500, between: 1492 },
    hole(1492),
  ),
  pathMtu(
    'black-hole-over-jumbo',
    { host: FAR },
    { k: 'measured', linkMtu: 9000, between: 1400 },
    {
      ...jumbo,
      beforeWorld: `${jumbo.beforeWorld}; ${hole(1400).beforeWorld}`,
      afterWorld: `${jumbo.afterWorld}; ${hole(1400).afterWorld}`,
    },
  ),
  pathMtu('large-lost', { host: '198.51.137.1' }, { k: 'measured', linkMtu: 1500, between: 1400 }),
  pathMtu('larger-lost', { host: '198.51.138.1' }, { k: 'measured', linkMtu: 1500, between: 700 }),
  pathMtu('all-but-small-lost', { host: '198.51.140.1' }, { k: 'measured', linkMtu: 1500, between: 99 }),
  pathMtu('large-lost-ipv6', { host: '2001:db8:134::1' }, { k: 'measured', linkMtu: 1500, between: 1350 }),
  pathMtu(
    'large-prohibited',
    { host: '198.51.139.1' },
    { k: 'unreachable', which: 'prohibited', larger: true },
  ),
  pathMtu('dropped', { host: '198.51.100.1' }, { k: 'no-reply' }),
  pathMtu('host-unreachable', { host: '198.51.101.1' }, { k: 'unreachable', which: 'host' }),
  pathMtu('prohibited', { host: '198.51.102.1' }, { k: 'unreachable', which: 'prohibited' }),
  pathMtu('network-unreachable', { host: '198.51.103.1' }, { k: 'unreachable', which: 'network' }),
  pathMtu('ipv6-no-route', { host: '2001:db8:101::1' }, { k: 'unreachable', which: 'network' }),
  pathMtu('routing-loop', { host: '198.51.121.1' }, { k: 'unreachable', which: 'time-exceeded' }),
  pathMtu('no-default-route', { host: '192.0.2.1' }, { k: 'unreachable', which: 'network' }),
  pathMtu('name-absent', { host: 'nope.example.com' }, { k: 'name-failure' }),
  pathMtu(
    'name-silent',
    { host: 'www.example.com' },
    { k: 'name-failure' },
    { resolvConf: `${nameservers(56)}options timeout:1 attempts:1\n` },
  ),
  pathMtu(
    'not-permitted',
    { host: FAR },
    { k: 'not-permitted' },
    {
      asNobody: true,
      before: "sysctl -qw net.ipv4.ping_group_range='1 0'",
      after: "sysctl -qw net.ipv4.ping_group_range='0 2147483647'",
    },
  ),
  pathMtu(
    'unprivileged',
    { host: FAR },
    { k: 'measured', mtu: 1400, told: 1400 },
    { asNobody: true, ...narrow(1400) },
  ),
  pathMtu(
    'lost-later',
    { host: FAR },
    { k: 'no-reply' },
    filter(
      'meta length > 1400 drop; add rule inet out output icmp type echo-request limit rate over 2/minute burst 2 packets drop',
    ),
  ),
  pathMtu('fallback-not-needed', { host: FAR, mtu: 1300 }, { k: 'measured', mtu: 1500, linkMtu: 1500 }),
  // Last: IPv6 needs a moment to come back.
  pathMtu('told-little', { host: FAR }, { k: 'measured', mtu: 600, linkMtu: 1500, told: 600 }, narrow(600)),
  pathMtu(
    'black-hole-below-1280',
    { host: FAR },
    { k: 'measured', linkMtu: 1500, between: 1000 },
    hole(1000),
  ),
];
