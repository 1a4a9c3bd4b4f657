/** The lines of the screen: one for each layer, and on it what belongs there. */
import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import {
  allNames,
  answer,
  api,
  facts,
  fetchUrl,
  http,
  httpTimedOut,
  internet,
  known,
  lookup,
  NO_WAY,
  responded,
  routes,
  slice,
} from './build.ts';
import { judged } from './judged.ts';

test('the policy line says what is known', () => {
  const line = (given: Facts) => judged(given).layers.find(({ layer }) => layer === 'policy');
  const policy = (name: string) => ({
    metadata: { name, namespace: 'shop' },
    spec: { policyTypes: ['Egress'], egress: [{}] },
  });
  expect(line(facts())).toMatchObject({ state: 'ok', detail: 'no policy selects client for egress' });
  expect(line(facts({ evidence: { networkPolicies: known([policy('a'), policy('b')]) } }))).toMatchObject({
    state: 'ok',
    detail: 'policies of client allow the internet',
  });
  const right = { verb: 'list', resource: 'networkpolicies', group: 'networking.k8s.io', namespace: 'shop' };
  expect(line(facts({ evidence: { networkPolicies: { state: 'forbidden', right } } }))).toMatchObject({
    state: 'unknown',
    detail: 'not permitted to list networkpolicies',
  });
});

test('one line for each layer, from the first thing that must work', () => {
  const { layers } = judged(
    facts({
      observations: [
        fetchUrl('https://example.com/', responded()),
        lookup('example.com.', answer('example.com', '203.0.113.10')),
      ],
    }),
  );
  expect(layers.map(({ layer, state }) => `${layer} ${state}`)).toEqual([
    'target ok',
    'interface ok',
    'name ok',
    'service ok',
    'policy ok',
    'route ok',
    'port ok',
    'tls ok',
    'protocol ok',
  ]);
});

describe('a symptom stands where its destination is checked', () => {
  const UNREACHABLE = { kind: 'unreachable', which: 'network' } as const;
  const codesOf = (given: Facts) =>
    Object.fromEntries(
      judged(given).layers.flatMap(({ layer, codes }) => (codes.length === 0 ? [] : [[layer, codes]])),
    );

  test('no way to the nameserver, the Kubernetes API and the internet: each line names its own', () => {
    const given = facts({
      observations: [
        routes({ kind: 'routes', routes: 1, defaults: [] }),
        ...allNames(NO_WAY),
        ...api(UNREACHABLE, { ...UNREACHABLE, phases: { total: 3 } }),
        ...internet(UNREACHABLE, { ...UNREACHABLE, phases: { total: 3 } }),
      ],
    });
    expect(codesOf(given)).toEqual({
      interface: ['NC2001'],
      name: ['NC6005'],
      route: ['NC6005'],
      port: ['NC6005'],
    });
    const detail = (layer: string) => judged(given).layers.find((line) => line.layer === layer)?.detail;
    expect(detail('name')).toMatch(/^There is no way to 10.96.0.10, so no name resolves$/);
    expect(detail('route')).toMatch(/^No internet target can be reached/);
    expect(detail('port')).toMatch(/^The Kubernetes API at 10.96.0.1:443 is unreachable/);
  });

  test('some lookups meet no way to the nameserver: a warning of names, and none of the port', () => {
    const given = facts({ observations: [lookup('example.com.', NO_WAY)] });
    expect(codesOf(given)).toEqual({ name: ['NC6005'] });
    expect(judged(given).layers.find(({ layer }) => layer === 'port')).toMatchObject({ state: 'ok' });
  });

  test('what fails after the connection stands on its own layer, and so does a cause', () => {
    expect(codesOf(facts({ observations: api({ kind: 'open' }, httpTimedOut('tls')) }))).toEqual({
      tls: ['NC7004'],
    });
    const refusing = facts({
      observations: api({ kind: 'refused' }, http('refused')),
      evidence: { apiEndpointSlices: known([slice()]) },
    });
    expect(codesOf(refusing)).toEqual({ service: ['NC4003'], port: ['NC6001'] });
  });
});
