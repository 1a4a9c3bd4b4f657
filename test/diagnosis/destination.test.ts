/** The checks and the verdict of a pod that was asked to reach one destination. */
import { describe, expect, test } from '@jest/globals';
import { known, NXDOMAIN, TIMED_OUT } from './build.ts';
import { judged } from './judged.ts';
import {
  allPorts,
  destinationName,
  destinationNames,
  ENDPOINTS,
  endpointConnect,
  REFUSED_GET,
  toService,
  webService,
  webSlice,
} from './to-destination.ts';

const verdictOf = (...given: Parameters<typeof toService>) => judged(toService(...given)).verdict;
const checkOf = (id: string, ...given: Parameters<typeof toService>) =>
  judged(toService(...given)).checks.find((check) => check.id === id);

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
