import {
  addresses,
  allNames,
  api,
  DEAD_INTERNET,
  facts,
  httpTimedOut,
  type RuleCases,
  routes,
  TIMED_OUT,
} from '../build.ts';

const eth0 = (up: boolean) => [{ name: 'eth0', up, mtu: 1500 }];
const own = { interface: 'eth0', family: 'ipv4', address: '10.244.0.43', prefixLength: 24 } as const;
const SILENCE = [
  ...allNames(TIMED_OUT),
  ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
  ...DEAD_INTERNET,
];

export const cases: RuleCases = {
  fires: [
    {
      name: 'down, everything silent',
      facts: facts({
        observations: [addresses({ kind: 'addresses', links: eth0(false), addresses: [own] }), ...SILENCE],
      }),
      summary: /^Eth0 of the pod is down$/i,
      severity: 'error',
      confidence: 'certain',
    },
    {
      name: 'up, without an address',
      facts: facts({
        observations: [
          addresses({ kind: 'addresses', links: eth0(true), addresses: [] }),
          routes({ kind: 'routes', routes: 0, defaults: [] }),
          ...SILENCE,
        ],
      }),
      summary: /^The pod's interface eth0 has no address$/,
    },
    {
      name: 'nothing but loopback',
      facts: facts({
        observations: [addresses({ kind: 'addresses', links: [], addresses: [] }), ...SILENCE],
      }),
      summary: /no network interface but loopback/,
    },
    {
      name: 'connections work all the same',
      facts: facts({
        observations: [addresses({ kind: 'addresses', links: eth0(true), addresses: [] })],
      }),
      summary: /connections work all the same$/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'a pod with its address, and silence', facts: facts({ observations: SILENCE }) },
    {
      name: 'a second link is down',
      facts: facts({
        observations: [
          addresses({
            kind: 'addresses',
            links: [...eth0(true), { name: 'net1', up: false, mtu: 1500 }],
            addresses: [own],
          }),
        ],
      }),
    },
    { name: 'not read', facts: facts({ lost: ['interface/addresses'], observations: SILENCE }) },
  ],
};
