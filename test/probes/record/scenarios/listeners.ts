/** What listens: every kind of address, from both sources. */
import { fileURLToPath } from 'node:url';
import type { Scenario } from './scenario.ts';

const LISTEN = fileURLToPath(new URL('../listen.ts', import.meta.url));
const PID_FILE = '/tmp/netcheck-record-listen.pid';

const start = (specs: readonly string[]): string =>
  [
    `rm -f ${PID_FILE}`,
    `${process.execPath} ${LISTEN} ${PID_FILE} ${specs.map((spec) => `'${spec}'`).join(' ')} >/dev/null 2>&1 &`,
    `tries=0; until [ -s ${PID_FILE} ]; do tries=$((tries + 1)); [ $tries -lt 200 ]; sleep 0.1; done`,
  ].join('\n');
const STOP = `kill "$(cat ${PID_FILE})"; rm ${PID_FILE}`;

interface Condition {
  readonly name: string;
  readonly specs: readonly string[];
  /** As the outcome must tell them: `tcp 0.0.0.0 80 any`. */
  readonly sockets: readonly string[];
  /** Ports whose wildcard serves both families. */
  readonly dual?: readonly number[];
  readonly before?: string;
  readonly after?: string;
  readonly asNobody?: boolean;
}

/** As on a node, where a pod of the host's network sees everything. */
const MANY = Array.from({ length: 60 }, (_, index) => 20_000 + index);

const CONDITIONS: readonly Condition[] = [
  { name: 'none', specs: [], sockets: [] },
  { name: 'loopback-only', specs: ['tcp 127.0.0.1 8080'], sockets: ['tcp 127.0.0.1 8080 loopback'] },
  {
    name: 'loopback-of-both-families',
    specs: ['tcp 127.0.0.1 8080', 'tcp ::1 8080', 'udp 127.0.0.53 53', 'udp ::1 53'],
    sockets: [
      'tcp 127.0.0.1 8080 loopback',
      'tcp ::1 8080 loopback',
      'udp 127.0.0.53 53 loopback',
      'udp ::1 53 loopback',
    ],
  },
  { name: 'ipv4-any', specs: ['tcp 0.0.0.0 80'], sockets: ['tcp 0.0.0.0 80 any'] },
  { name: 'dual-stack', specs: ['tcp :: 80'], sockets: ['tcp :: 80 any'], dual: [80] },
  { name: 'ipv6-only', specs: ['tcp6only :: 80'], sockets: ['tcp :: 80 any'], dual: [] },
  {
    name: 'both-apart',
    specs: ['tcp 0.0.0.0 80', 'tcp6only :: 80'],
    sockets: ['tcp 0.0.0.0 80 any', 'tcp :: 80 any'],
    dual: [],
  },
  {
    name: 'one-address',
    specs: ['tcp 10.77.0.2 8080', 'tcp 2001:db8:77::2 8080'],
    sockets: ['tcp 10.77.0.2 8080 address', 'tcp 2001:db8:77::2 8080 address'],
  },
  {
    name: 'mapped',
    specs: ['tcp ::ffff:127.0.0.1 8080', 'tcp ::ffff:10.77.0.2 8081', 'tcp ::ffff:0.0.0.0 8082'],
    sockets: ['tcp 127.0.0.1 8080 loopback', 'tcp 10.77.0.2 8081 address', 'tcp 0.0.0.0 8082 any'],
  },
  {
    name: 'udp',
    specs: [
      'udp 0.0.0.0 53',
      'udp :: 54',
      'udp6only :: 55',
      'udp 10.77.0.2 5353',
      'connected 203.0.113.10 9',
    ],
    sockets: ['udp 0.0.0.0 53 any', 'udp :: 54 any', 'udp :: 55 any', 'udp 10.77.0.2 5353 address'],
    dual: [54],
  },
  {
    name: 'shared-port',
    specs: ['udp 0.0.0.0 53', 'udp 0.0.0.0 53', 'udp 0.0.0.0 53'],
    sockets: ['udp 0.0.0.0 53 any'],
  },
  {
    name: 'connections',
    specs: ['tcp 0.0.0.0 80', 'tcp :: 81', ...Array.from({ length: 20 }, () => 'established 127.0.0.1 80')],
    sockets: ['tcp 0.0.0.0 80 any', 'tcp :: 81 any'],
    dual: [81],
  },
  {
    name: 'as-nobody',
    specs: ['tcp 127.0.0.1 8080', 'tcp :: 80'],
    sockets: ['tcp 127.0.0.1 8080 loopback', 'tcp :: 80 any'],
    dual: [80],
    asNobody: true,
  },
  {
    name: 'many',
    specs: MANY.flatMap((port) => [`tcp 0.0.0.0 ${port}`, `udp :: ${port}`]),
    sockets: MANY.flatMap((port) => [`tcp 0.0.0.0 ${port} any`, `udp :: ${port} any`]),
    dual: MANY,
  },
  {
    name: 'link-local',
    specs: ['tcp fe80::77%eth0 546'],
    sockets: ['tcp fe80::77 546 address'],
    before: 'ip address add fe80::77/64 dev eth0 nodad',
    after: 'ip address del fe80::77/64 dev eth0',
  },
  {
    name: 'no-ipv6',
    specs: ['tcp 0.0.0.0 80'],
    sockets: ['tcp 0.0.0.0 80 any'],
    before: 'sysctl -qw net.ipv6.conf.all.disable_ipv6=1',
    after: `sysctl -qw net.ipv6.conf.all.disable_ipv6=0
      ip address add 2001:db8:77::2/64 dev eth0 nodad; ip -6 route add default via 2001:db8:77::1`,
  },
];

const scenarioOf =
  (read: 'ss' | 'proc') =>
  (condition: Condition): Scenario => ({
    name: `${read}-${condition.name}`,
    probe: 'listeners',
    question: { read },
    truth: {
      k: 'listeners',
      sockets: condition.sockets,
      ...(read === 'ss' && condition.dual !== undefined ? { dual: condition.dual } : {}),
    },
    ...(read === 'proc' || condition.name === 'none' ? { busybox: true } : {}),
    ...(condition.asNobody === true ? { asNobody: true } : {}),
    before: [condition.before ?? '', start(condition.specs)].join('\n'),
    after: [STOP, condition.after ?? ''].join('\n'),
  });

/** BusyBox's DHCP server binds its socket to an interface. */
const DHCP_SERVER: Scenario = {
  name: 'ss-interface',
  probe: 'listeners',
  question: { read: 'ss' },
  truth: { k: 'listeners', sockets: ['udp 0.0.0.0 67 any'] },
  before: `printf 'interface eth0\\nstart 10.77.0.100\\nend 10.77.0.110\\nlease_file /tmp/netcheck-record-leases\\n' >/tmp/netcheck-record-dhcp
    : >/tmp/netcheck-record-leases
    busybox udhcpd -f -I 10.77.0.2 /tmp/netcheck-record-dhcp >/dev/null 2>&1 & echo $! >${PID_FILE}; sleep 1`,
  after: `${STOP} /tmp/netcheck-record-leases /tmp/netcheck-record-dhcp`,
};

export const listeners: readonly Scenario[] = [
  ...CONDITIONS.map(scenarioOf('ss')),
  ...CONDITIONS.map(scenarioOf('proc')),
  DHCP_SERVER,
];
