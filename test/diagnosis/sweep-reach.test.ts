/** One thing fails and all else works: on what every pod shares this is never passed over in silence, and outside of it never told. */
import { expect, test } from '@jest/globals';
import type { Observation } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import {
  addresses,
  api,
  apiConnect,
  apiGet,
  connect,
  DEAD_INTERNET,
  facts,
  fetchUrl,
  http,
  httpTimedOut,
  internet,
  notStarted,
  pod,
  refused,
  responded,
  routes,
  tlsFailed,
} from './build.ts';
import { judged } from './judged.ts';

const told = (given: Facts) => {
  const { verdict, findings } = judged(given);
  return { status: verdict.status, told: findings.length > 0 };
};
const codes = (given: Facts) => judged(given).findings.map(({ code }) => code);

const TCP = [
  { kind: 'refused' },
  { kind: 'timed-out' },
  { kind: 'reset' },
  { kind: 'not-permitted' },
  { kind: 'unreachable', which: 'host' },
] as const;
const GET = [
  http('refused'),
  http('reset'),
  http('empty'),
  http('partial'),
  http('not-http'),
  httpTimedOut('connect'),
  httpTimedOut('tls'),
  httpTimedOut('first-byte'),
  httpTimedOut('transfer'),
  tlsFailed('handshake'),
  tlsFailed('not-tls'),
  responded(503),
];

test.each<[string, Observation]>([
  ...TCP.map((outcome) => [`connect: ${outcome.kind}`, apiConnect(outcome)] as [string, Observation]),
  ...GET.map(
    (outcome) =>
      [`request: ${outcome.kind} ${'phase' in outcome ? outcome.phase : ''}`, apiGet(outcome)] as [
        string,
        Observation,
      ],
  ),
])('one ask of the Kubernetes API fails, %s: told', (_, observation) => {
  expect(told(facts({ observations: [observation] })).told).toBe(true);
});

test.each<[string, Observation]>([
  ...TCP.map((outcome) => [`connect: ${outcome.kind}`, connect('1.1.1.1', outcome)] as [string, Observation]),
  ...GET.map(
    (outcome) =>
      [
        `request: ${outcome.kind} ${'phase' in outcome ? outcome.phase : ''}`,
        fetchUrl('https://aliyun.com/', outcome),
      ] as [string, Observation],
  ),
])(
  'one default target outside fails, %s: healthy without a word; named by the user: not healthy',
  (_, one) => {
    expect(told(facts({ observations: [one], internetMode: 'default' }))).toEqual({
      status: 'healthy',
      told: false,
    });
    expect(told(facts({ observations: [one], internetMode: 'custom' }))).toEqual({
      status: 'broken',
      told: true,
    });
  },
);

test('a request that is not sent is named', () => {
  const { verdict } = judged(facts({ observations: [apiGet(httpTimedOut('connect'))] }));
  expect(verdict.status).toBe('inconclusive');
  expect(verdict.unknowns).toEqual([
    expect.stringMatching(/^kubernetes-api-http: no request could be sent: https:.*timed out/),
  ]);
});

test('no site can be connected to, addresses can', () => {
  const given = facts({ observations: internet({ kind: 'open' }, httpTimedOut('connect')) });
  expect(told(given)).toEqual({ status: 'inconclusive', told: true });
  expect(codes(given)).toEqual(['NC6004']);
});

test('both sites stop in the middle of their answer: a warning', () => {
  const given = facts({ observations: internet({ kind: 'open' }, httpTimedOut('transfer')) });
  expect(told(given).status).toBe('healthy');
  expect(codes(given)).toEqual(['NC7105']);
});

test('targets that meet different failures are told once', () => {
  const given = facts({
    observations: [
      ...internet({ kind: 'timed-out' }, httpTimedOut('connect')),
      connect('1.1.1.1', { kind: 'refused' }),
    ].filter((one, index, all) => all.findLastIndex(({ id }) => id === one.id) === index),
  });
  expect(codes(given)).toEqual(['NC6004']);
});

test('asks that the plan should have made are not known; with --no-internet they do not apply', () => {
  const without = ['internet', 'external-name'] as const;
  expect(told(facts({ without, internetMode: 'none' })).status).toBe('healthy');
  expect(told(facts({ without, internetMode: 'default' })).status).toBe('inconclusive');
  expect(told(facts({ without, internetMode: 'custom' })).status).toBe('inconclusive');
});

test.each(['istio-proxy', 'linkerd-proxy'])(
  'where %s accepts every connection, TCP alone proves nothing',
  (name) => {
    const only = [connect('192.0.2.7', { kind: 'open' })];
    const observations = facts().observations.filter(({ purpose }) => purpose !== 'internet');
    for (const spec of [
      { containers: [{ name: 'app' }, { name }] },
      { containers: [{ name: 'app' }], initContainers: [{ name, restartPolicy: 'Always' }] },
    ]) {
      const given = {
        ...facts({ pod: pod({ spec }), internetMode: 'custom' }),
        observations: [...observations, ...only],
      };
      const { verdict } = judged(given);
      expect(verdict.status).toBe('inconclusive');
      expect(verdict.unknowns.join()).toMatch(/a mesh sidecar accepts every connection/);
      expect(told(facts({ pod: pod({ spec }) })).status).toBe('healthy');
    }
  },
);

test('the root is the interface that is down', () => {
  const given = facts({
    observations: [
      addresses({ kind: 'addresses', links: [{ name: 'eth0', up: false, mtu: 1500 }], addresses: [] }),
      routes({ kind: 'routes', routes: 0, defaults: [] }),
      ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
      ...DEAD_INTERNET,
    ],
  });
  expect(judged(given).verdict).toMatchObject({
    status: 'broken',
    chain: expect.arrayContaining(['NC2006', 'NC2001']),
  });
  expect(judged(given).verdict.chain[0]).toBe('NC2006');
});

test('what the server said is told, unless a finding tells it', () => {
  const given = facts({
    entry: refused(500, 'etcdserver: request timed out'),
    pod: pod({
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
      spec: { containers: [{ name: 'app', readinessProbe: {} }] },
    }),
  });
  expect(codes(given)).toContain('NC1004');
  expect(judged(given).verdict.unknowns.join()).toMatch(/etcdserver: request timed out/);
});

test.each(['constructor', '__proto__'])('%s as a reason is a word like any other', (reason) => {
  const { verdict } = judged(facts({ entry: notStarted(reason, 'm') }));
  expect(verdict.unknowns.join()).toContain(`the debug container did not start, ${reason}`);
});
