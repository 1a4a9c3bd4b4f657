import { at, type Scenario, SEARCH } from './scenario.ts';

const read = (
  probe: string,
  name: string,
  question: unknown,
  truth: Scenario['truth'],
  more: Partial<Scenario> = {},
): Scenario => ({ name, probe, question, truth, ...more });
const NO_DEFAULTS = 'ip route del default; ip -6 route del default';
const DEFAULTS = 'ip route replace default via 10.77.0.1; ip -6 route replace default via 2001:db8:77::1';

export const readers: readonly Scenario[] = [
  read(
    'interface',
    'addresses',
    { read: 'addresses' },
    { k: 'addresses', addresses: '10.77.0.2 2001:db8:77::2' },
    { busybox: true },
  ),
  read(
    'interface',
    'addresses-none',
    { read: 'addresses' },
    { k: 'addresses', addresses: '' },
    {
      before: 'ip address flush dev eth0',
      after: `ip address add 10.77.0.2/24 dev eth0; ip address add 2001:db8:77::2/64 dev eth0 nodad; ${DEFAULTS}`,
    },
  ),
  read(
    'interface',
    'addresses-several',
    { read: 'addresses' },
    { k: 'addresses', addresses: '10.77.0.2 2001:db8:77::2 192.168.99.1' },
    {
      before:
        'ip link add net1 type veth peer name net2; ip address add 192.168.99.1/24 dev net1; ip link set net2 up; ip link set net1 up',
      after: 'ip link del net1',
    },
  ),
  read(
    'interface',
    'link-down',
    { read: 'addresses' },
    { k: 'addresses', addresses: '10.77.0.2 2001:db8:77::2 192.168.99.1' },
    {
      before: 'ip link add net1 type veth peer name net2; ip address add 192.168.99.1/24 dev net1',
      after: 'ip link del net1',
    },
  ),
  read('interface', 'routes', { read: 'routes' }, { k: 'routes', defaults: 2 }, { busybox: true }),
  read(
    'interface',
    'routes-no-default',
    { read: 'routes' },
    { k: 'routes', defaults: 0 },
    { before: NO_DEFAULTS, after: DEFAULTS },
  ),
  read(
    'interface',
    'routes-ipv6-only',
    { read: 'routes' },
    { k: 'routes', defaults: 1 },
    { before: 'ip route del default', after: 'ip route add default via 10.77.0.1' },
  ),
  read(
    'interface',
    'routes-point-to-point',
    { read: 'routes' },
    { k: 'routes', defaults: 1 },
    { before: `${NO_DEFAULTS}; ip route add default dev eth0`, after: `ip route del default; ${DEFAULTS}` },
  ),
  read(
    'interface',
    'routes-two-gateways',
    { read: 'routes' },
    { k: 'routes', defaults: 3 },
    {
      before: 'ip -4 route replace default nexthop via 10.77.0.1 nexthop via 10.77.0.9',
      after: 'ip -4 route replace default via 10.77.0.1',
    },
  ),
  read(
    'interface',
    'routes-gateway-of-other-family',
    { read: 'routes' },
    { k: 'routes', defaults: 2 },
    {
      before: 'ip -4 route replace default via inet6 fe80::1 dev eth0',
      after: 'ip -4 route replace default via 10.77.0.1',
    },
  ),
  read(
    'interface',
    'routes-default-prohibited',
    { read: 'routes' },
    { k: 'routes', defaults: 1 },
    {
      before: 'ip route del default; ip route add prohibit default',
      after: 'ip route del prohibit default; ip route add default via 10.77.0.1',
    },
  ),
  read(
    'resolv-conf',
    'cluster-first',
    {},
    { k: 'resolv-conf', nameservers: '10.96.0.10' },
    { resolvConf: `${SEARCH}${at('10.96.0.10')}`, busybox: true },
  ),
  read(
    'resolv-conf',
    'node-local',
    {},
    { k: 'resolv-conf', nameservers: '169.254.20.10' },
    { resolvConf: `nameserver 169.254.20.10\n${SEARCH}` },
  ),
  read(
    'resolv-conf',
    'several-with-comments',
    {},
    { k: 'resolv-conf', nameservers: '10.96.0.10 2001:db8::53 fe80::1%eth0' },
    {
      resolvConf:
        '# made by hand\nnameserver 10.96.0.10\nnameserver   2001:db8::53 # second\nnameserver fe80::1%eth0\ndomain example.com\nsearch a.example.com b.example.com\noptions timeout:3 attempts:4 rotate edns0 trust-ad\nsortlist 10.0.0.0\n',
    },
  ),
  read('resolv-conf', 'empty', {}, { k: 'resolv-conf', nameservers: '' }, { resolvConf: '' }),
];
