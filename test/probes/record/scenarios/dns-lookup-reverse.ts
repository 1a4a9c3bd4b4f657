import { dns } from './dns-lookup-shared.ts';
import { nameservers, type Scenario } from './scenario.ts';

const reverse = (
  name: string,
  address: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
): Scenario => ({ ...dns(name, address, truth, resolvConf), question: { name: address, reverse: true } });

export const reverseLookups: readonly Scenario[] = [
  reverse('reverse', '203.0.113.10', {
    k: 'pointers',
    has: { pointers: ['www.example.com'], addresses: [] },
  }),
  reverse('reverse-two-names', '203.0.113.11', {
    k: 'pointers',
    has: { pointers: ['one.example.com', 'two.example.com'] },
  }),
  reverse('reverse-ipv6', '2001:db8:5::10', { k: 'pointers', has: { pointers: ['six.example.com'] } }),
  reverse('reverse-alias', '203.0.113.13', {
    k: 'pointers',
    has: { pointers: ['delegated.example.com'], aliases: ['13.0-63.113.0.203.in-addr.arpa'] },
  }),
  reverse('reverse-authoritative', '203.0.113.10', { k: 'pointers' }, nameservers(58)),
  reverse('reverse-no-data', '203.0.113.12', { k: 'nodata' }),
  reverse('reverse-no-data-authoritative', '203.0.113.12', { k: 'nodata' }, nameservers(58)),
  reverse('reverse-not-found', '203.0.113.99', { k: 'nxdomain' }),
  reverse('reverse-servfail', '203.0.113.10', { k: 'servfail' }, nameservers(54)),
  reverse('reverse-rcode-refused', '203.0.113.10', { k: 'refused' }, nameservers(55)),
  reverse('reverse-silent', '203.0.113.10', { k: 'timeout' }, nameservers(56)),
  reverse('reverse-closed', '203.0.113.10', { k: 'conn_refused' }, nameservers(57)),
  reverse('reverse-first-dead', '203.0.113.10', { k: 'pointers', degraded: true }, nameservers(56, 53)),
  {
    ...reverse('reverse-over-tcp', '203.0.113.10', { k: 'pointers' }),
    busybox: false,
    question: { name: '203.0.113.10', reverse: true, transport: 'tcp', server: '203.0.113.53' },
  },
];
