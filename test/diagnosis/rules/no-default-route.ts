import {
  addresses,
  allNames,
  api,
  connect,
  DEAD_INTERNET,
  facts,
  http,
  internet,
  NO_WAY,
  type RuleCases,
  routes,
} from '../build.ts';

const LINKS = [{ name: 'eth0', up: true, mtu: 1500 }];
const V4 = { interface: 'eth0', family: 'ipv4', address: '10.244.0.43', prefixLength: 24 } as const;
const V6 = { interface: 'eth0', family: 'ipv6', address: 'fd00::5', prefixLength: 64 } as const;
const SIX = { kind: 'addresses', links: LINKS, addresses: [V6] } as const;
const BOTH = { kind: 'addresses', links: LINKS, addresses: [V4, V6] } as const;
const VIA_SIX = {
  kind: 'routes',
  routes: 2,
  defaults: [{ family: 'ipv6', gateway: 'fe80::1', interface: 'eth0' }],
} as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'nothing gets out',
      facts: facts({
        observations: [
          routes({ kind: 'routes', routes: 1, defaults: [] }),
          ...allNames(NO_WAY),
          ...api({ kind: 'unreachable', which: 'network' }, http('refused')),
          ...internet({ kind: 'unreachable', which: 'network' }, http('refused')),
        ],
      }),
      summary: /no default route/,
      severity: 'error',
      confidence: 'certain',
      tells: [/1 routes, no default/],
    },
    {
      name: 'the cluster is reached over routes of its own, and nothing else was asked',
      facts: facts({
        observations: [routes({ kind: 'routes', routes: 1, defaults: [] })],
        without: ['internet', 'external-name'],
      }),
      summary: /no default route/,
      severity: 'warning',
    },
    {
      name: 'an IPv6 pod without any, its cluster reached',
      facts: facts({
        observations: [addresses(SIX), routes({ kind: 'routes', routes: 1, defaults: [] })],
        without: ['internet', 'external-name'],
      }),
      summary: /no default route/,
      severity: 'warning',
    },
    {
      name: 'an IPv4 pod whose only one is of IPv6',
      facts: facts({ observations: [routes(VIA_SIX), ...DEAD_INTERNET] }),
      summary: /no default route, so/,
      severity: 'error',
      tells: [/it has one for IPv6, and no IPv6 address/],
    },
    {
      name: 'one of two families has none, and its target cannot be reached, while the other works',
      facts: facts({
        observations: [addresses(BOTH), connect('2001:db8::1', { kind: 'unreachable', which: 'network' })],
      }),
      summary: /no default route for IPv6$/,
      severity: 'error',
      about: 'ipv6',
    },
    {
      name: 'the same, of a target that the user named',
      facts: facts({
        observations: [addresses(BOTH), connect('2001:db8::1', { kind: 'unreachable', which: 'network' })],
        internetMode: 'custom',
      }),
      summary: /no default route for IPv6$/,
      severity: 'error',
    },
    {
      name: 'one of two families has none, and nothing of it was asked',
      facts: facts({ observations: [addresses(BOTH)] }),
      summary: /no default route for IPv6$/,
      severity: 'warning',
    },
    {
      name: 'one of two families has none, and the other does not get out either: that is another fault',
      facts: facts({
        observations: [
          addresses(BOTH),
          connect('2001:db8::1', { kind: 'unreachable', which: 'network' }),
          ...DEAD_INTERNET,
        ],
      }),
      summary: /no default route for IPv6$/,
      severity: 'warning',
    },
    {
      name: 'one of two families has none, and the Kubernetes API is of it',
      facts: facts({
        observations: [
          addresses(BOTH),
          routes(VIA_SIX),
          ...api({ kind: 'unreachable', which: 'network' }, http('refused')),
          ...internet({ kind: 'unreachable', which: 'network' }, http('refused')),
          connect('2001:db8::1', { kind: 'open' }),
        ],
      }),
      summary: /no default route for IPv4$/,
      severity: 'error',
    },
    {
      name: 'the link is down',
      facts: facts({
        observations: [
          addresses({ kind: 'addresses', links: [{ name: 'eth0', up: false, mtu: 1500 }], addresses: [] }),
          routes({ kind: 'routes', routes: 0, defaults: [] }),
          ...DEAD_INTERNET,
        ],
      }),
      summary: /no default route/,
      tells: [/eth0 is down/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'two halves do the work of a default route',
      facts: facts({ observations: [routes({ kind: 'routes', routes: 1, defaults: [] })] }),
    },
    {
      name: 'routes were not read',
      facts: facts({ lost: ['interface/routes'], observations: DEAD_INTERNET }),
    },
    {
      name: 'an IPv6 pod with a default route of IPv6 alone',
      facts: facts({ observations: [addresses(SIX), routes(VIA_SIX), ...DEAD_INTERNET] }),
    },
    {
      name: 'a second family without a default route, and a target of it answers over another',
      facts: facts({ observations: [addresses(BOTH), connect('2001:db8::1', { kind: 'open' })] }),
    },
  ],
};
