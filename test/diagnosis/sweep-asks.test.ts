/**
 * Asks that no check depends on: nameservers asked by themselves, names of addresses, listeners, tools, the gateway, neighbours, the path
 * MTU, the app's proxy. Failing alone they never make a healthy pod broken, but for packets that vanish; doing well they hide nothing.
 */
import { describe, expect, test } from '@jest/globals';
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import {
  allNames,
  answer,
  api,
  appProxy,
  clusterNames,
  DEAD_INTERNET,
  directLookup,
  directQuery,
  externalNames,
  facts,
  gateway,
  http,
  httpTimedOut,
  internet,
  NO_WAY,
  NXDOMAIN,
  PORT_REFUSED,
  pathMtu,
  REFUSED,
  responded,
  response,
  reverseName,
  routes,
  SERVER,
  SERVFAIL,
  TIMED_OUT,
} from './build.ts';
import { judged } from './judged.ts';

const NAME = 'kubernetes.default.svc.cluster.local.';
const MISSING = { kind: 'did-not-run', reason: 'tool-missing' } as const;
const UNREADABLE = { kind: 'unreadable', text: '?' } as const;

const listeners = (outcome: OutcomeOf<'listeners'>): Observation => ({
  id: 'listeners/ss',
  probe: 'listeners',
  purpose: 'listeners',
  question: { read: 'ss' },
  outcome,
});
const tools = (outcome: OutcomeOf<'tool-versions'>): Observation => ({
  id: 'tool-versions',
  probe: 'tool-versions',
  purpose: 'tools',
  question: {},
  outcome,
});
const neighbours = (outcome: OutcomeOf<'interface'>): Observation => ({
  id: 'interface/neighbours',
  probe: 'interface',
  purpose: 'interface',
  question: { read: 'neighbours' },
  outcome,
});

const WELL: readonly Observation[] = [
  directLookup(SERVER, 'udp', answer(NAME, '10.96.0.1')),
  directLookup(SERVER, 'tcp', answer(NAME, '10.96.0.1')),
  directQuery(SERVER, response(SERVER)),
  reverseName({ ...answer(NAME, '10.96.0.1'), addresses: [], pointers: [NAME] }),
  listeners({ kind: 'listeners', sockets: [] }),
  tools({ kind: 'tool-versions', tools: [] }),
  gateway(),
  neighbours({ kind: 'neighbours', neighbours: [] }),
  pathMtu({ kind: 'measured', mtu: 1500, linkMtu: 1500 }),
  appProxy(responded()),
];
const FROM_OTHER: typeof TIMED_OUT = {
  kind: 'timed-out',
  failedServers: [{ server: '10.96.0.99', why: 'timed-out' }],
};

const said = (given: Facts) => {
  const { verdict, findings } = judged(given);
  return { status: verdict.status, codes: findings.map(({ code, severity }) => `${code} ${severity}`) };
};

test('all of them do well: nothing is said', () => {
  expect(said(facts({ observations: WELL }))).toEqual({ status: 'healthy', codes: [] });
});

describe('one fails, all else works', () => {
  const alone: readonly (readonly [string, Observation, readonly string[]])[] = [
    ['UDP, silent', directLookup(SERVER, 'udp', TIMED_OUT), ['NC3001 warning']],
    ['UDP, SERVFAIL', directLookup(SERVER, 'udp', SERVFAIL), ['NC3003 warning']],
    ['UDP, REFUSED', directLookup(SERVER, 'udp', REFUSED), ['NC3004 warning']],
    ['UDP, port refused', directLookup(SERVER, 'udp', PORT_REFUSED), ['NC3002 warning']],
    ['UDP, no way', directLookup(SERVER, 'udp', NO_WAY), ['NC6005 warning']],
    ['UDP, NXDOMAIN: another cluster domain', directLookup(SERVER, 'udp', NXDOMAIN), []],
    ['UDP, of a server that the pod does not ask', directLookup('10.96.0.99', 'udp', FROM_OTHER), []],
    ['TCP, silent', directLookup(SERVER, 'tcp', TIMED_OUT), ['NC3008 warning']],
    ['TCP, port refused', directLookup(SERVER, 'tcp', PORT_REFUSED), ['NC3008 warning']],
    ['TCP, SERVFAIL', directLookup(SERVER, 'tcp', SERVFAIL), []],
    ['TCP, of a server that the pod does not ask', directLookup('10.96.0.99', 'tcp', FROM_OTHER), []],
    ['dig, silent', directQuery(SERVER, { kind: 'timed-out', failedTries: [] }), []],
    ['dig, SERVFAIL', directQuery(SERVER, response(SERVER, 'SERVFAIL')), []],
    ['dig is not in the image', directQuery(SERVER, MISSING), []],
    ['no name of an address', reverseName(NXDOMAIN), []],
    ['names of addresses, silent', reverseName(TIMED_OUT), []],
    ['names of addresses, SERVFAIL', reverseName(SERVFAIL), []],
    ['names of addresses, port refused', reverseName(PORT_REFUSED), []],
    ['names of addresses, no way', reverseName(NO_WAY), []],
    ['ss is not in the image', listeners(MISSING), []],
    ['ss is not understood', listeners(UNREADABLE), []],
    ['releases are not understood', tools(UNREADABLE), []],
    ['the gateway answers no pings', gateway({ reply: 'no-reply' }), []],
    ['the gateway is not resolved', gateway({ reply: 'unreachable', neighbour: 'FAILED' }), []],
    ['the gateway may not be pinged', gateway({ reply: 'not-permitted' }), []],
    ['there is no gateway', gateway({}, { kind: 'no-gateway' }), []],
    ['gateway: not understood', gateway({}, UNREADABLE), []],
    [
      'a neighbour has failed',
      neighbours({
        kind: 'neighbours',
        neighbours: [{ address: '10.244.0.9', interface: 'eth0', state: 'FAILED' }],
      }),
      [],
    ],
    ['neighbours are not understood', neighbours(UNREADABLE), []],
    ['path MTU: nothing comes back', pathMtu({ kind: 'no-reply' }), []],
    ['path MTU: not permitted', pathMtu({ kind: 'not-permitted' }), []],
    ['path MTU: unreachable', pathMtu({ kind: 'unreachable', which: 'prohibited' }), []],
    ['path MTU: not understood', pathMtu(UNREADABLE), []],
    [
      'path MTU: smaller, and told',
      pathMtu({ kind: 'measured', mtu: 1400, linkMtu: 1500, told: 1400, tooBig: 1500 }),
      ['NC2003 warning'],
    ],
    ['the proxy is silent', appProxy(httpTimedOut('connect')), ['NC7106 warning']],
    ['the proxy is refused', appProxy(http('refused')), ['NC7106 warning']],
    ['the way through the proxy: not understood', appProxy(UNREADABLE), []],
  ];

  test.each(alone)('%s: healthy, and what it tells is a warning', (_name, failing, codes) => {
    const given = facts({ observations: [...WELL.filter(({ id }) => id !== failing.id), failing] });
    expect(said(given)).toEqual({ status: 'healthy', codes });
  });

  test.each(WELL.map(({ id }) => id))('%s brought no record: told, and healthy', (id) => {
    expect(said(facts({ observations: WELL, lost: [id] }))).toEqual({
      status: 'healthy',
      codes: ['NC1111 warning'],
    });
  });

  test('packets that vanish are the one exception', () => {
    const vanish = pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, tooBig: 1400 });
    expect(said(facts({ observations: [vanish] }))).toEqual({ status: 'broken', codes: ['NC2003 error'] });
  });
});

describe('they do well, and something else fails: they hide nothing', () => {
  const broken: readonly (readonly [string, Parameters<typeof facts>[0] & object])[] = [
    ['every name is silent', { observations: allNames(TIMED_OUT) }],
    ['every name is SERVFAIL', { observations: allNames(SERVFAIL) }],
    ['port 53 refuses', { observations: allNames(PORT_REFUSED) }],
    ['names of the cluster do not exist', { observations: clusterNames(NXDOMAIN) }],
    ['names outside are silent', { observations: externalNames(TIMED_OUT) }],
    ['a wrong address', { observations: clusterNames(answer(NAME, '203.0.113.9')) }],
    ['the internet is dead', { observations: DEAD_INTERNET }],
    ['the Kubernetes API is silent', { observations: api({ kind: 'timed-out' }, httpTimedOut('connect')) }],
    ['TLS hangs', { observations: internet({ kind: 'open' }, httpTimedOut('tls')) }],
    [
      'no default route',
      {
        observations: [
          routes({ kind: 'routes', routes: 1, defaults: [] }),
          ...api({ kind: 'unreachable', which: 'network' }, http('refused')),
          ...DEAD_INTERNET,
        ],
      },
    ],
  ];

  test.each(broken)('%s', (_name, changes) => {
    const { verdict } = judged(facts(changes));
    const beside = judged(facts({ ...changes, observations: [...(changes.observations ?? []), ...WELL] }));
    expect(verdict.status).toBe('broken');
    expect(beside.verdict).toMatchObject({
      status: 'broken',
      chain: verdict.chain,
      others: verdict.others,
    });
  });

  test('names were not measured: not known, though another name of an address was', () => {
    const given = facts({
      observations: [reverseName({ ...answer(NAME, '10.96.0.1'), addresses: [], pointers: [NAME] })],
      lost: [`dns-lookup/${NAME}`, 'dns-lookup/kubernetes.default.svc'],
    });
    expect(judged(given).verdict.status).toBe('inconclusive');
  });

  test('a handshake through the proxy is none of the direct way', () => {
    const tls = (given: Facts) => judged(given).layers.find(({ layer }) => layer === 'tls');
    const direct = internet({ kind: 'open' }, http('reset'));
    const given = facts({
      observations: [...direct, ...api({ kind: 'open' }, http('empty')), appProxy(responded())],
    });
    expect(tls(given)).toMatchObject({ state: 'unknown', detail: 'no handshake was completed' });
  });
});
