import { nameservers, type Scenario } from './scenario.ts';

interface Asked {
  readonly host: string;
  readonly port: number;
  readonly family?: 'ipv4' | 'ipv6';
  readonly payload?: string;
}

const udp = (
  name: string,
  question: Asked,
  truth: Scenario['truth'],
  more: Partial<Scenario> = {},
): Scenario => ({
  name,
  probe: 'udp-exchange',
  question,
  truth,
  resolvConf: `${nameservers(53)}options timeout:1 attempts:1\n`,
  ...more,
});

const HOST = '203.0.113.10';
const HOST6 = '2001:db8:5::10';
/** An A query for kubernetes.default.svc.cluster.local, of which byte 2 says that recursion is wanted. */
const query = (name: string): string =>
  [
    '1234',
    '0100',
    '0001000000000000',
    ...name
      .split('.')
      .map((label) => label.length.toString(16).padStart(2, '0') + Buffer.from(label).toString('hex')),
    '00',
    '00010001',
  ].join('');
const filter = (rule: string): Pick<Scenario, 'before' | 'after'> => ({
  before: `nft 'add table inet out; add chain inet out output { type filter hook output priority 0; }; add rule inet out output ${rule}'`,
  after: 'nft delete table inet out',
});
/** As in an image that does not have it. In the pod's mounts only. */
const without = (tool: string): Pick<Scenario, 'before' | 'after'> => ({
  before: `t=$(command -v ${tool}) && mount --bind /dev/null "$t"`,
  after: `umount /usr/bin/${tool} || umount "$(readlink -f /usr/bin/${tool})"`,
});

export const udpExchange: readonly Scenario[] = [
  udp('echo', { host: HOST, port: 7 }, { k: 'replied', bytes: 8 }, { busybox: true }),
  udp('echo-ipv6', { host: HOST6, port: 7 }, { k: 'replied', bytes: 8 }),
  udp('echo-by-name', { host: 'www.example.com', port: 7 }, { k: 'replied', bytes: 8 }),
  udp('echo-family-ipv4', { host: 'www.example.com', port: 7, family: 'ipv4' }, { k: 'replied', bytes: 8 }),
  udp('echo-family-ipv6', { host: 'www.example.com', port: 7, family: 'ipv6' }, { k: 'replied', bytes: 8 }),
  udp('echo-of-bytes', { host: HOST, port: 7, payload: '000a0d255c24ff00' }, { k: 'replied', bytes: 8 }),
  udp('echo-of-one-byte', { host: HOST, port: 7, payload: '00' }, { k: 'replied', bytes: 1 }),
  udp('echo-of-500', { host: HOST, port: 7, payload: 'ab'.repeat(500) }, { k: 'replied', bytes: 500 }),
  udp('every-byte', { host: HOST, port: 7256 }, { k: 'replied', bytes: 256 }),
  udp('large-answer', { host: HOST, port: 7014 }, { k: 'replied', bytes: 1400 }),
  udp('three-answers', { host: HOST, port: 7003 }, { k: 'replied' }),
  udp('slow-answer', { host: HOST, port: 7006 }, { k: 'replied', bytes: 8 }),
  udp('too-slow-answer', { host: HOST, port: 7015 }, { k: 'silent', heard: 'all' }),
  // An answer without a byte cannot be told from a refusal that is not repeated.
  udp('empty-answer', { host: HOST, port: 7000 }, { k: 'silent', heard: 'replies' }),
  udp(
    'refusals-rationed',
    { host: HOST, port: 10 },
    { k: 'silent', heard: 'replies' },
    {
      beforeWorld:
        "nft 'add table ip ration; add chain ip ration out { type filter hook output priority 0; }; add rule ip ration out icmp type destination-unreachable limit rate over 1/minute burst 1 packets drop'",
      afterWorld: 'nft delete table ip ration',
    },
  ),
  udp('dns', { host: '203.0.113.53', port: 53, payload: query('www.example.com') }, { k: 'replied' }),
  udp('dns-absent', { host: '203.0.113.53', port: 53, payload: query('nope.example.com') }, { k: 'replied' }),
  udp(
    'dns-silent',
    { host: '203.0.113.56', port: 53, payload: query('www.example.com') },
    { k: 'silent', heard: 'all' },
  ),
  udp('listens-and-says-nothing', { host: HOST, port: 9 }, { k: 'silent', heard: 'all' }),
  udp('dropped', { host: '198.51.100.1', port: 53 }, { k: 'silent', heard: 'all' }),
  udp('dropped-ipv6', { host: HOST6, port: 9 }, { k: 'silent', heard: 'all' }),
  udp('refused', { host: HOST, port: 10 }, { k: 'refused' }),
  udp('refused-ipv6', { host: HOST6, port: 10 }, { k: 'refused' }),
  udp('refused-by-name', { host: 'four.example.com', port: 10 }, { k: 'refused' }),
  udp('refused-by-router', { host: '198.51.105.1', port: 53 }, { k: 'refused' }),
  udp('refused-ipv6-by-router', { host: '2001:db8:133::1', port: 53 }, { k: 'refused' }),
  udp('host-unreachable', { host: '198.51.101.1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('host-unreachable-by-filter', { host: '198.51.135.1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('prohibited', { host: '198.51.102.1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('host-prohibited', { host: '198.51.104.1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('network-unreachable', { host: '198.51.103.1', port: 53 }, { k: 'unreachable', which: 'network' }),
  udp('protocol-unreachable', { host: '198.51.134.1', port: 53 }, { k: 'unreachable', which: 'unspecified' }),
  udp('routing-loop', { host: '198.51.121.1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('ipv6-no-route', { host: '2001:db8:101::1', port: 53 }, { k: 'unreachable', which: 'network' }),
  udp('ipv6-prohibited', { host: '2001:db8:102::1', port: 53 }, { k: 'unreachable', which: 'prohibited' }),
  udp('ipv6-address-unreachable', { host: '2001:db8:132::1', port: 53 }, { k: 'unreachable', which: 'host' }),
  udp('no-default-route', { host: '192.0.2.1', port: 53 }, { k: 'unreachable', which: 'network' }),
  udp(
    'local-prohibited',
    { host: HOST, port: 7 },
    { k: 'not-permitted' },
    { before: `ip route add prohibit ${HOST}/32`, after: `ip route del prohibit ${HOST}/32` },
  ),
  udp('local-filter', { host: HOST, port: 7 }, { k: 'not-permitted' }, filter('udp dport 7 drop')),
  udp('local-filter-ipv6', { host: HOST6, port: 7 }, { k: 'not-permitted' }, filter('udp dport 7 drop')),
  udp('name-absent', { host: 'nope.example.com', port: 53 }, { k: 'name-failure' }),
  udp('name-of-other-family', { host: 'six.example.com', port: 10, family: 'ipv4' }, { k: 'name-failure' }),
  udp(
    'name-silent',
    { host: 'www.example.com', port: 53 },
    { k: 'name-failure' },
    { resolvConf: `${nameservers(56)}options timeout:1 attempts:1\n` },
  ),
  udp('ipv6-name', { host: 'six.example.com', port: 10 }, { k: 'refused', or: 'silent' }),
  udp('nc-echo', { host: HOST, port: 7 }, { k: 'replied', bytes: 8 }, without('socat')),
  udp('nc-refused', { host: HOST, port: 10 }, { k: 'silent', heard: 'replies' }, without('socat')),
  udp('nc-silent', { host: HOST, port: 9 }, { k: 'silent', heard: 'replies' }, without('socat')),
  udp(
    'nc-no-route',
    { host: '192.0.2.1', port: 53 },
    { k: 'unreachable', which: 'unspecified' },
    without('socat'),
  ),
];
