/** The checks and the verdict of a pod that was asked to reach one destination. */
import { describe, expect, test } from '@jest/globals';
import type { OutcomeOf } from '../../probes/index.ts';
import { answer, known, lookup, NXDOMAIN, TIMED_OUT } from './build.ts';
import { judged } from './judged.ts';
import {
  allPorts,
  destinationName,
  destinationNames,
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  frontConnect,
  frontGet,
  REFUSED_GET,
  SILENT_GET,
  toService,
  webService,
  webSlice,
} from './to-destination.ts';
import { toIngress } from './to-ingress.ts';

const verdictOf = (...given: Parameters<typeof toService>) => judged(toService(...given)).verdict;
const checkOf = (id: string, ...given: Parameters<typeof toService>) =>
  judged(toService(...given)).checks.find((check) => check.id === id);

test('an endpoint that takes one connection and not the next is named', () => {
  expect(verdictOf({ observations: [endpointGet(ENDPOINTS[1], SILENT_GET)] })).toMatchObject({
    status: 'broken',
    chain: ['NC6004'],
  });
});

test('all is well', () => {
  expect(verdictOf()).toMatchObject({
    status: 'healthy',
    summary: 'shop/client reaches svc/web.shop: 8 checks passed',
  });
});

test('cluster DNS does not know the Service; what becomes of its short name outside is not about it', () => {
  const { verdict, findings } = judged(
    toService({
      observations: [
        destinationName('web', TIMED_OUT),
        destinationName('web.shop.svc.cluster.local.', NXDOMAIN),
      ],
    }),
  );
  expect(verdict.status).toBe('broken');
  expect(findings.filter(({ code }) => code === 'NC3001')).toEqual([]);
  expect(findings.some(({ code }) => code === 'NC3005')).toBe(true);
});

test('where there is no Service to connect to, that is said, not that nothing was asked', () => {
  const absent = { state: 'absent' } as const;
  expect(
    checkOf('destination', {
      evidence: { destinationService: absent, destinationEndpointSlices: known([]), destinationPods: absent },
      without: ['destination', 'destination-endpoint'],
    }),
  ).toMatchObject({ state: 'unknown', needs: 'service' });
});

describe('never healthy', () => {
  const refused = allPorts({ kind: 'refused' }, REFUSED_GET);
  test.each([
    ['the front fails', { observations: refused.front }],
    ['one endpoint of two fails', { observations: [endpointConnect(ENDPOINTS[1], { kind: 'timed-out' })] }],
    ['the name does not resolve', { observations: destinationNames(NXDOMAIN) }],
    ['the front was not measured', { lost: ['tcp-connect/to/10.96.7.7:80', 'http-get/to/80'] }],
    ['the name was not measured', { lost: ['dns-lookup/web', 'dns-lookup/web.shop.svc.cluster.local.'] }],
    [
      'one endpoint was not measured',
      { lost: [`tcp-connect/to/endpoint/${ENDPOINTS[0]}:8080`, `http-get/to/endpoint/${ENDPOINTS[0]}:8080`] },
    ],
    ['nothing was asked of it', { without: ['destination', 'destination-endpoint', 'destination-name'] }],
    [
      'the Service is not there',
      { observations: refused.front, evidence: { destinationService: { state: 'absent' } } },
    ],
  ] as const)('%s', (_name, changes) => {
    expect(verdictOf(changes).status).not.toBe('healthy');
  });
});

test('few rights: what the probes saw is enough', () => {
  const forbidden = {
    state: 'forbidden',
    right: { verb: 'get', group: '', resource: 'services', namespace: 'shop' },
  } as const;
  const verdict = verdictOf({
    evidence: {
      destinationService: forbidden,
      destinationEndpointSlices: forbidden,
      destinationPods: forbidden,
    },
    without: ['destination-endpoint'],
  });
  expect(verdict.status).toBe('healthy');
});

test('slices that are behind: it works, whatever they say', () => {
  expect(
    checkOf('destination-service', {
      evidence: {
        destinationEndpointSlices: known([webSlice(ENDPOINTS.map((address) => ({ address, ready: false })))]),
      },
    }),
  ).toMatchObject({ state: 'ok', detail: 'svc/web lists no ready endpoint, but connections work' });
});

test('a port that the Service does not have', () => {
  expect(
    checkOf('destination-service', {
      destination: {
        requested: 'svc/web:81',
        kind: 'service',
        namespace: 'shop',
        name: 'web',
        host: 'web',
        port: 81,
      },
      evidence: { destinationService: known(webService()) },
    }),
  ).toMatchObject({ state: 'failed', detail: 'svc/web has no port 81, but 80' });
});

describe('found by a reviewer: never healthy', () => {
  const ports = (count: number) =>
    known(
      webService({
        ports: Array.from({ length: count }, (_, index) => ({ name: 'http', port: 80 + index })),
      }),
    );
  const mesh = (status: number, more: object): OutcomeOf<'http-get'> => ({
    kind: 'responded',
    status,
    phases: { total: 3 },
    ...more,
  });
  test.each<[string, Parameters<typeof toService>[0], string]>([
    [
      'the name as the app writes it does not resolve, its full name does',
      { observations: [destinationName('web', NXDOMAIN)] },
      'broken',
    ],
    [
      'the name as the app writes it leads elsewhere',
      { observations: [destinationName('web', answer('web.corp.example', '203.0.113.99'))] },
      'broken',
    ],
    [
      'a request to one endpoint brought no record',
      { lost: [`http-get/to/endpoint/${ENDPOINTS[1]}:8080`] },
      'inconclusive',
    ],
    [
      'a Service with more ports than are asked',
      { evidence: { destinationService: ports(25) } },
      'inconclusive',
    ],
    [
      'SCTP beside TCP',
      {
        evidence: {
          destinationService: known(
            webService({
              ports: [
                { name: 'http', port: 80 },
                { name: 'dia', port: 3868, protocol: 'SCTP' },
              ],
            }),
          ),
          destinationEndpointSlices: known([
            {
              ...webSlice(),
              ports: [
                { name: 'http', port: 8080, protocol: 'TCP' },
                { name: 'dia', port: 3868, protocol: 'SCTP' },
              ],
            },
          ]),
        },
      },
      'inconclusive',
    ],
    [
      'the Service answers one connection and not another',
      { observations: [frontConnect({ kind: 'timed-out' })] },
      'inconclusive',
    ],
    [
      'a mesh refuses in its place',
      { observations: [frontGet(mesh(403, { server: 'istio-envoy', bodyStart: 'RBAC: access denied' }))] },
      'broken',
    ],
    ['a mesh knows no route', { observations: [frontGet(mesh(404, { server: 'envoy' }))] }, 'inconclusive'],
  ])('%s', (_name, changes, status) => {
    expect(verdictOf(changes).status).toBe(status);
  });

  test('what proves nothing is not made a proof by leaving out the rest', () => {
    const asked = toService({
      without: ['destination', 'destination-endpoint', 'destination-name', 'cluster-name', 'interface'],
    });
    expect(judged({ ...asked, narrowed: true }).verdict.status).toBe('inconclusive');
  });

  test('a Service of that name is not there, and what the name leads to answers', () => {
    const absent = { state: 'absent' } as const;
    const { findings, verdict } = judged(
      toService({
        evidence: { destinationService: absent, destinationEndpointSlices: known([]) },
        without: ['destination-endpoint'],
      }),
    );
    expect(findings.filter(({ code }) => code === 'NC4001')).toEqual([]);
    expect(verdict.status).toBe('healthy');
  });
});

test.each([
  ['203.0.113.10', 'healthy'],
  ['198.51.100.77', 'inconclusive'],
])('an Ingress at 203.0.113.10 whose name leads to %s: %s', (address, status) => {
  const asked = toIngress();
  const named = lookup('shop.example', answer('shop.example', address));
  expect(judged({ ...asked, observations: [...asked.observations, named] }).verdict.status).toBe(status);
});
