import {
  addresses,
  allNames,
  api,
  DEAD_INTERNET,
  facts,
  http,
  internet,
  NO_WAY,
  type RuleCases,
  routes,
} from '../build.ts';

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
      name: 'an IPv6 pod: the routes of IPv4 are none',
      facts: facts({
        observations: [
          addresses({
            kind: 'addresses',
            links: [{ name: 'eth0', up: true, mtu: 1500 }],
            addresses: [{ interface: 'eth0', family: 'ipv6', address: 'fd00::5', prefixLength: 64 }],
          }),
          routes({ kind: 'routes', routes: 1, defaults: [] }),
          ...DEAD_INTERNET,
        ],
      }),
    },
  ],
};
