import type { Observation } from '../../../probes/index.ts';
import {
  addresses,
  allNames,
  api,
  clusterNames,
  connect,
  DEAD_INTERNET,
  directQuery,
  facts,
  fetchUrl,
  gateway,
  http,
  httpTimedOut,
  internet,
  known,
  NO_WAY,
  nameserver,
  PORT_REFUSED,
  ping,
  type RuleCases,
  responded,
  response,
  TIMED_OUT,
} from '../build.ts';

const NO_PING = { reply: 'no-reply' } as const;
const ABSENT = { reply: 'unreachable', neighbour: 'FAILED' } as const;
const noPing = ping('node', { kind: 'no-reply', sent: 3 });
const UNREACHABLE = { kind: 'unreachable', which: 'host' } as const;
const SILENCE: readonly Observation[] = [
  ...allNames(TIMED_OUT),
  ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
  ...DEAD_INTERNET,
  noPing,
];
const NOWHERE: readonly Observation[] = [
  ...allNames(NO_WAY),
  ...api(UNREACHABLE, { ...UNREACHABLE, phases: { total: 3 } }),
  ...internet(UNREACHABLE, { ...UNREACHABLE, phases: { total: 3 } }),
  ping('internet', { kind: 'unreachable', which: 'host', errors: [] }),
  noPing,
];
/** Of those with the same id the last counts. */
const and = (...observations: readonly (Observation | readonly Observation[])[]): readonly Observation[] => [
  ...new Map(observations.flat().map((one) => [one.id, one])).values(),
];

const DENY = known([
  {
    metadata: { name: 'default-deny', namespace: 'shop' },
    spec: { podSelector: {}, policyTypes: ['Egress'] },
  },
]);
const SIX = ['2606:4700:4700::1111', '2001:4860:4860::8888'].map((host) =>
  connect(host, { kind: 'timed-out' }),
);
const V6 = { interface: 'eth0', family: 'ipv6', address: 'fd00::1' } as const;
const V4 = { interface: 'eth0', family: 'ipv4', address: '10.244.0.1' } as const;
const BOTH = addresses({
  kind: 'addresses',
  links: [{ name: 'eth0', up: true, mtu: 1500 }],
  addresses: [
    { interface: 'eth0', family: 'ipv4', address: '10.244.0.43', prefixLength: 24 },
    { interface: 'eth0', family: 'ipv6', address: 'fd00::5', prefixLength: 64 },
  ],
});
const ONLY_SIX_DEAD = gateway(
  {},
  {
    kind: 'gateways',
    gateways: [
      { ...V4, reply: 'replied', neighbour: 'REACHABLE' },
      { ...V6, reply: 'no-reply', neighbour: 'FAILED' },
    ],
  },
);

export const cases: RuleCases = {
  fires: [
    {
      name: 'nobody answers ARP for it',
      facts: facts({ observations: and(gateway(ABSENT), NOWHERE) }),
      summary:
        /^Nobody answers for the default gateway 10.244.0.1 on the pod's own link, so nothing gets out$/,
      severity: 'error',
      confidence: 'certain',
      about: 'ipv4',
      tells: [/^10.244.0.1 on eth0: no answer to pings, neighbour entry FAILED$/, /is unreachable \(host\)$/],
    },
    {
      name: 'nobody answers ARP for it, and the pod may not ping',
      facts: facts({
        observations: and(gateway({ reply: 'not-permitted', neighbour: 'INCOMPLETE' }), SILENCE),
      }),
      summary: /^Nobody answers for the default gateway/,
      tells: [/^10.244.0.1 on eth0: not pinged, neighbour entry INCOMPLETE$/],
    },
    {
      name: 'it is there, and silent as everything behind it',
      facts: facts({ observations: and(gateway(NO_PING), SILENCE) }),
      summary: /^The default gateway 10.244.0.1 and everything behind it are silent$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^no answer from nameserver 10.96.0.10$/, /no NetworkPolicy selects this pod for egress/],
    },
    {
      name: 'nobody answers ARP for it: no policy does that',
      facts: facts({ observations: and(gateway(ABSENT), NOWHERE), evidence: { networkPolicies: DENY } }),
      summary: /^Nobody answers/,
      confidence: 'certain',
    },
    {
      name: 'one of two families',
      facts: facts({ observations: [BOTH, ONLY_SIX_DEAD, ...SIX] }),
      summary: /so nothing gets out over IPv6$/,
      about: 'ipv6',
    },
    {
      name: 'a cache within the pod answers, which is not behind it',
      facts: facts({
        observations: and(gateway(ABSENT), NOWHERE, directQuery('127.0.0.1', response('127.0.0.1'))),
      }),
      summary: /^Nobody answers/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'it answers no pings, and all else works', facts: facts({ observations: [gateway(NO_PING)] }) },
    { name: 'its entry has failed, and all else works', facts: facts({ observations: [gateway(ABSENT)] }) },
    {
      name: 'it answers, and nothing behind it does',
      facts: facts({ observations: and(gateway(), SILENCE) }),
    },
    {
      name: 'the node answers pings',
      facts: facts({
        observations: and(gateway(NO_PING), SILENCE, ping('node', { kind: 'replied', sent: 3, received: 3 })),
      }),
    },
    {
      name: 'the Kubernetes API refuses, which is an answer',
      facts: facts({
        observations: and(gateway(NO_PING), SILENCE, api({ kind: 'refused' }, http('refused'))),
      }),
    },
    {
      name: 'port 53 refuses',
      facts: facts({ observations: and(gateway(NO_PING), SILENCE, clusterNames(PORT_REFUSED)) }),
    },
    {
      name: 'TCP 53 opens',
      facts: facts({ observations: and(gateway(NO_PING), SILENCE, nameserver({ kind: 'open' })) }),
    },
    {
      name: 'dig is answered',
      facts: facts({
        observations: and(
          gateway(NO_PING),
          SILENCE,
          directQuery('10.96.0.10', response('10.96.0.10', 'SERVFAIL')),
        ),
      }),
    },
    {
      name: 'one site answers',
      facts: facts({
        observations: and(gateway(NO_PING), SILENCE, fetchUrl('https://aliyun.com/', responded())),
      }),
    },
    {
      name: 'it is there, and somebody says that hosts cannot be reached',
      facts: facts({ observations: and(gateway(NO_PING), NOWHERE) }),
    },
    {
      name: 'a policy that drops all may drop its pings too',
      facts: facts({ observations: and(gateway(NO_PING), SILENCE), evidence: { networkPolicies: DENY } }),
    },
    {
      name: 'whether a policy does is not known',
      facts: facts({
        observations: and(gateway(NO_PING), SILENCE),
        evidence: { networkPolicies: { state: 'failed', reason: '503' } },
      }),
    },
    {
      name: 'nothing but pings was asked',
      facts: facts({
        observations: [gateway(NO_PING), noPing, ping('internet', { kind: 'no-reply', sent: 3 })],
        without: ['cluster-name', 'external-name', 'kubernetes-api'],
        lost: [
          ...['1.1.1.1', '8.8.8.8', '223.5.5.5'].map((host) => `tcp-connect/${host}:443`),
          ...['example.com', 'aliyun.com'].map((host) => `http-get/https://${host}/`),
        ],
      }),
    },
    {
      name: 'there is none: the route leads straight to a link',
      facts: facts({
        observations: and(
          gateway({}, { kind: 'no-gateway', onLink: [{ family: 'ipv4', interface: 'ppp0' }] }),
          SILENCE,
        ),
      }),
    },
    {
      name: 'a second default route leads straight to a link',
      facts: facts({
        observations: and(
          gateway(
            {},
            {
              kind: 'gateways',
              gateways: [{ ...V4, ...ABSENT }],
              onLink: [{ family: 'ipv4', interface: 'ppp0' }],
            },
          ),
          NOWHERE,
        ),
      }),
    },
    {
      name: 'a second gateway answers, and nothing behind them does',
      facts: facts({
        observations: and(
          gateway(
            {},
            {
              kind: 'gateways',
              gateways: [
                { ...V4, ...NO_PING },
                { ...V4, address: '10.244.0.2', reply: 'replied' },
              ],
            },
          ),
          SILENCE,
        ),
      }),
    },
    {
      name: 'it answers, though its entry has just failed',
      facts: facts({
        observations: and(gateway({ reply: 'replied', neighbour: 'FAILED' }), NOWHERE),
      }),
    },
    {
      name: 'a second gateway answers',
      facts: facts({
        observations: and(
          gateway(
            {},
            {
              kind: 'gateways',
              gateways: [
                { ...V4, ...ABSENT },
                { ...V4, address: '10.244.0.2', reply: 'replied' },
              ],
            },
          ),
          NOWHERE,
        ),
      }),
    },
    {
      name: 'it was not pinged, and nothing is known of it',
      facts: facts({ observations: and(gateway({ reply: 'not-asked', neighbour: 'STALE' }), SILENCE) }),
    },
    {
      name: 'of one of two families, which answers over IPv6 under a name',
      facts: facts({
        observations: [
          BOTH,
          ONLY_SIX_DEAD,
          ...SIX,
          fetchUrl('https://example.com/', {
            kind: 'responded',
            status: 200,
            remoteAddress: '2001:db8::10',
            phases: { total: 9 },
          }),
        ],
      }),
    },
    {
      name: 'not measured',
      facts: facts({ observations: and(gateway(ABSENT), NOWHERE), lost: ['gateway'] }),
    },
  ],
};
