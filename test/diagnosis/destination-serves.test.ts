/** TLS, HTTP and meshes of a destination: what is said in the end, and that nothing unmeasured or broken is called healthy. */
import { describe, expect, test } from '@jest/globals';
import { answer, pod, type RuleCases, responded, tlsFailed } from './build.ts';
import { judged } from './judged.ts';
import {
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  frontConnect,
  frontGet,
  toService,
} from './to-destination.ts';
import { hostConnect, hostGet, hostNames, SILENT, TIMED_OUT, toOutside, WAY_OUT_DEAD } from './to-outside.ts';
import { CERTIFICATE, refusedAs, toTls, verified } from './with-tls.ts';

type Facts = RuleCases['silent'][number]['facts'];
const verdictOf = (facts: Facts) => judged(facts).verdict;
const checkOf = (facts: Facts, id: string) => judged(facts).checks.find((check) => check.id === id);
const lineOf = (facts: Facts, layer: string) => judged(facts).layers.find((line) => line.layer === layer);

describe('a certificate', () => {
  test('that is right is a check that passes', () => {
    const facts = toTls({ checked: verified(CERTIFICATE) });
    expect(verdictOf(facts).status).toBe('healthy');
    expect(checkOf(facts, 'destination-certificate')).toMatchObject({
      layer: 'tls',
      state: 'ok',
      detail: 'certificate valid to 2027-05-01 00:00 UTC',
    });
  });

  test('of a private authority is a warning', () => {
    expect(verdictOf(toTls())).toMatchObject({
      status: 'healthy',
      summary: expect.stringContaining('NC7002'),
    });
    expect(lineOf(toTls(), 'tls')).toMatchObject({ state: 'warning', codes: ['NC7002'] });
  });

  test.each([
    ['NC7001', { ...CERTIFICATE, notAfter: '2026-11-18T09:00:00Z' }],
    ['NC7003', { ...CERTIFICATE, sans: ['other.example'] }],
  ])('%s', (code, certificate) => {
    const facts = toTls({ certificate });
    expect(verdictOf(facts)).toMatchObject({ status: 'broken', chain: [code] });
    expect(checkOf(facts, 'destination-certificate')).toMatchObject({ state: 'failed' });
  });

  test('that has expired at one endpoint of two', () => {
    expect(verdictOf(toTls({ second: { ...CERTIFICATE, notAfter: '2026-11-18T09:00:00Z' } }))).toMatchObject({
      status: 'broken',
      chain: ['NC7001'],
    });
  });

  test.each([
    ['is for another name', 'NC7003', toTls({ second: { ...CERTIFICATE, sans: ['other.example'] } })],
    [
      'nobody signed who is trusted',
      'NC7002',
      toTls({
        checked: verified(CERTIFICATE),
        secondChecked: refusedAs('self-signed', CERTIFICATE, 18),
      }),
    ],
  ])('that %s at one endpoint of two', (_what, code, facts) => {
    expect(verdictOf(facts)).toMatchObject({ status: 'broken', chain: [code] });
    expect(checkOf(facts, 'destination-certificate')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining(`at ${ENDPOINTS[1]}`),
    });
  });

  test('that was not checked at one endpoint that serves is never a pass', () => {
    const facts = toTls({
      checked: verified(CERTIFICATE),
      secondChecked: { kind: 'timed-out', phase: 'tls', phases: { total: 3000 } },
    });
    expect(verdictOf(facts).status).toBe('inconclusive');
    expect(checkOf(facts, 'destination-certificate')?.detail).toContain(`at ${ENDPOINTS[1]}`);
  });

  test('that the pod accepted is right, whatever the clock of the machine that asks says', () => {
    const facts = toTls({ checked: verified(CERTIFICATE), gatheredAt: '2031-01-01T00:00:00Z' });
    expect(verdictOf(facts).status).toBe('healthy');
  });

  test('whose names netcheck itself did not hit is a warning', () => {
    const facts = toTls({ certificate: { ...CERTIFICATE, sans: ['web.shop.svc'] } });
    expect(verdictOf(facts).status).toBe('healthy');
    expect(judged(facts).findings.map(({ code }) => code)).toEqual(['NC7003', 'NC7002']);
  });

  test.each([
    ['was not checked', toTls({ lost: ['http-get/to/443/certificate'] })],
    [
      'was not checked in time',
      toTls({ checked: { kind: 'timed-out', phase: 'connect', phases: { total: 3000 } } }),
    ],
  ])('that %s is never a pass', (_name, facts) => {
    expect(checkOf(facts, 'destination-certificate')).toMatchObject({ state: 'unknown' });
    expect(verdictOf(facts).status).toBe('inconclusive');
  });

  test('of a port that cannot be connected to waits for the port', () => {
    const refused = { kind: 'refused', phases: { total: 1 } } as const;
    const facts = toTls({
      checked: refused,
      observations: [
        frontConnect({ kind: 'refused' }, { port: 443 }),
        frontGet(refused, { url: 'https://web/', port: 443 }),
      ],
    });
    expect(checkOf(facts, 'destination-certificate')).toMatchObject({ state: 'unknown', needs: 'port' });
    expect(verdictOf(facts)).toMatchObject({ status: 'broken', unknowns: [] });
  });

  test('is no check where no TLS is asked for', () => {
    expect(checkOf(toService(), 'destination-certificate')).toBeUndefined();
  });
});

test('a server that wants a certificate of the client is reached', () => {
  const wants = { ...tlsFailed('handshake'), why: 'client-certificate' } as const;
  const facts = toTls({
    observations: [
      frontGet(
        { ...wants, kind: 'tls-failed', detail: 'alert', phases: { total: 4 } },
        { url: 'https://web/', port: 443 },
      ),
    ],
    checked: refusedAs('untrusted', CERTIFICATE),
  });
  expect(verdictOf(facts)).toMatchObject({ status: 'healthy', summary: expect.stringContaining('NC7004') });
  expect(checkOf(facts, 'destination-http')?.detail).toBe(
    "a request for the client's certificate from https://web/",
  );
});

describe('endpoints that connect, and do not serve', () => {
  const sick = toService({
    observations: [
      frontGet(responded(503)),
      ...ENDPOINTS.map((address) => endpointGet(address, responded(503))),
    ],
  });
  test('are no fault of the port', () => {
    expect(checkOf(sick, 'destination-endpoints')).toMatchObject({ layer: 'protocol', state: 'failed' });
    expect(lineOf(sick, 'port')).toMatchObject({ state: 'ok' });
    expect(verdictOf(sick)).toMatchObject({ status: 'broken', chain: ['NC7101'] });
  });
});

describe('a pod of a mesh', () => {
  const meshed = pod({ spec: { containers: [{ name: 'app' }, { name: 'istio-proxy' }] } });
  const OPEN = { kind: 'open' } as const;

  test('that is served over HTTP is healthy, whoever accepted the connection', () => {
    expect(verdictOf(toService({ pod: meshed })).status).toBe('healthy');
  });

  test('that only connects proves nothing', () => {
    const facts = toService({ pod: meshed, observations: [] });
    const bare = {
      ...facts,
      observations: facts.observations.filter(({ probe }) => probe !== 'http-get'),
    };
    expect(verdictOf(bare).status).toBe('inconclusive');
    expect(checkOf(bare, 'destination')?.detail).toContain('istio-proxy in the pod accepts every connection');
    expect(judged(bare).findings.map(({ code }) => code)).toEqual(['NC6007']);
  });

  test('whose request the proxy itself answers does not reach the port', () => {
    const envoy = {
      ...responded(503),
      kind: 'responded',
      status: 503,
      server: 'envoy',
      bodyStart: 'no healthy upstream',
      phases: { total: 9 },
    } as const;
    const facts = toService({
      pod: meshed,
      observations: [
        frontConnect(OPEN),
        frontGet(envoy),
        ...ENDPOINTS.flatMap((address) => [endpointConnect(address, OPEN), endpointGet(address, envoy)]),
      ],
    });
    expect(verdictOf(facts)).toMatchObject({ status: 'broken', chain: ['NC7107', 'NC7101'] });
    expect(checkOf(facts, 'destination')).toMatchObject({ state: 'unknown' });
  });

  test('that is a gateway is not intercepted', () => {
    const gateway = pod({ spec: { containers: [{ name: 'istio-proxy' }] } });
    const facts = toService({ pod: gateway });
    expect(judged(facts).findings).toEqual([]);
  });
});

describe('a host outside', () => {
  test('with the way out dead: told once', () => {
    expect(verdictOf(toOutside({ observations: WAY_OUT_DEAD }))).toMatchObject({
      status: 'broken',
      chain: ['NC8001'],
      others: [],
    });
  });

  test('with one port filtered', () => {
    expect(verdictOf(toOutside({ observations: [hostConnect(TIMED_OUT), hostGet(SILENT)] }))).toMatchObject({
      status: 'broken',
      chain: ['NC8005', 'NC6004'],
      others: [],
    });
  });

  test.each([
    [['203.0.113.10', '203.0.113.20'], '203.0.113.20', ', at one of its 2 addresses: 203.0.113.20'],
    [['203.0.113.10'], '203.0.113.10', ''],
    // Of the other family: the pod may not have it.
    [['203.0.113.10', '2001:db8::10'], '203.0.113.10', ''],
    // A proxy's own address.
    [['203.0.113.10', '203.0.113.20'], '10.0.0.7', ''],
  ])('of addresses %j, asked at %s: which of them answered is told', (addresses, remoteAddress, told) => {
    const found = addresses.map((address) => ({
      family: address.includes(':') ? ('ipv6' as const) : ('ipv4' as const),
      address,
    }));
    const facts = toOutside({
      observations: [
        ...hostNames(answer('example.com.', '', { addresses: found })),
        hostGet({ ...responded(200), remoteAddress } as ReturnType<typeof responded>),
      ],
    });
    expect(checkOf(facts, 'destination-http')?.detail).toBe(`HTTP 200 from https://example.com/${told}`);
  });

  test('whose name does not resolve: a connection that was not tried in time waits for the name', () => {
    const facts = toOutside({
      observations: [
        ...hostNames({ kind: 'timed-out', failedServers: [{ server: '10.96.0.10', why: 'timed-out' }] }),
        hostConnect({ kind: 'did-not-run', reason: 'killed' }),
        hostGet({ kind: 'timed-out', phase: 'name', phases: { total: 3000 } }),
      ],
    });
    expect(checkOf(facts, 'destination')).toMatchObject({ state: 'unknown', needs: 'name' });
    expect(verdictOf(facts)).toMatchObject({ status: 'broken', unknowns: [] });
  });
});
