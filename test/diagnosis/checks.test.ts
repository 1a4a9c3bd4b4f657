/** What is said of asks that were not made, or could not get an answer: never a pass, and never a reason that is not the real one. */
import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { InternetMode } from '../../src/model/case.ts';
import {
  allNames,
  api,
  clusterNames,
  connect,
  facts,
  fetchUrl,
  http,
  NXDOMAIN,
  pod,
  resolvConf,
  responded,
  TIMED_OUT,
} from './build.ts';
import { judged } from './judged.ts';

const checkOf = (given: Facts, id: string) => judged(given).checks.find((check) => check.id === id);

describe('names outside, where none was looked up', () => {
  const asked = (targets: Facts['observations'], internetMode?: InternetMode): Facts => {
    const given = facts({
      without: ['internet', 'external-name'],
      ...(internetMode === undefined ? {} : { internetMode }),
    });
    return { ...given, observations: [...given.observations, ...targets] };
  };
  const ADDRESS = connect('192.0.2.7', { kind: 'open' });
  const SITE = fetchUrl('https://example.com/', responded());
  const OF_ADDRESSES = [
    ADDRESS,
    connect('2001:db8::7', { kind: 'open' }),
    fetchUrl('http://192.0.2.7:8080/health', responded()),
    fetchUrl('http://[2001:db8::7]:8080/', responded()),
    fetchUrl('http://192.519/', responded()),
  ];

  test.each<[string, Facts, string, string, string]>([
    ['--no-internet', asked([], 'none'), 'not-applicable', 'not asked (--no-internet)', 'healthy'],
    [
      'only addresses named',
      asked(OF_ADDRESSES, 'custom'),
      'not-applicable',
      'no name among the targets',
      'healthy',
    ],
    [
      'a site named, its lookup not asked',
      asked([ADDRESS, SITE], 'custom'),
      'unknown',
      'not asked',
      'inconclusive',
    ],
    [
      'a host named, its lookup not asked',
      asked([connect('db.example', { kind: 'open' })], 'custom'),
      'unknown',
      'not asked',
      'inconclusive',
    ],
    [
      'default targets without lookups',
      asked([ADDRESS, SITE], 'default'),
      'unknown',
      'not asked',
      'inconclusive',
    ],
    ['default targets, addresses only', asked([ADDRESS], 'default'), 'unknown', 'not asked', 'inconclusive'],
    ['nothing asked, though targets were named', asked([], 'custom'), 'unknown', 'not asked', 'inconclusive'],
    [
      'an older case: addresses only',
      asked([ADDRESS]),
      'not-applicable',
      'no name among the targets',
      'healthy',
    ],
    [
      'an older case: a site without its lookup',
      asked([ADDRESS, SITE]),
      'unknown',
      'not asked',
      'inconclusive',
    ],
    ['an older case: nothing outside', asked([]), 'not-applicable', 'not asked (--no-internet)', 'healthy'],
  ])('%s', (_name, given, state, detail, status) => {
    expect(checkOf(given, 'external-name')).toMatchObject({ state, detail });
    expect(judged(given).verdict.status).toBe(status);
  });
});

describe('svc/kubernetes may not be read, so its name is asked', () => {
  const right = { verb: 'get', resource: 'services', group: '', namespace: 'default' };
  const evidence: Partial<Facts['evidence']> = { apiService: { state: 'forbidden', right } };
  const NO_NAME = api({ kind: 'name-failure', temporary: false }, http('name-failure'));
  const onHost = pod({ spec: { hostNetwork: true, dnsPolicy: 'ClusterFirst' } });
  const ofNode = [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.1'])];

  test('hostNetwork, whose resolver need not know it: the reason is that nothing was sent to the API', () => {
    const report = judged(facts({ pod: onHost, evidence, observations: [...ofNode, ...NO_NAME] }));
    expect(report.checks.find(({ id }) => id === 'kubernetes-api')).toEqual({
      layer: 'port',
      id: 'kubernetes-api',
      state: 'unknown',
      detail:
        'not measured: its address is not known (svc/kubernetes: not permitted to get services in namespace default), and its name is not one that this pod need resolve (hostNetwork without dnsPolicy ClusterFirstWithHostNet)',
    });
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.unknowns).toContainEqual(
      expect.stringMatching(/^kubernetes-api: not measured: its address/),
    );
    expect(report.layers.find(({ layer }) => layer === 'port')).toMatchObject({ state: 'unknown' });
    // All else was measured, and passed.
    expect(report.layers.filter(({ state }) => state === 'broken')).toEqual([]);
  });

  test.each<[string, Partial<Facts['evidence']>, RegExp]>([
    [
      'not read',
      { apiService: { state: 'failed', reason: 'HTTP 503' } },
      /not known \(svc.kubernetes: not read \(HTTP 503\)\), and/,
    ],
    [
      'not there',
      { apiService: { state: 'absent' } },
      /^not measured: its address is not known, and its name/,
    ],
  ])('%s', (_name, changed, detail) => {
    const given = facts({ pod: onHost, evidence: changed, observations: [...ofNode, ...NO_NAME] });
    expect(checkOf(given, 'kubernetes-api')).toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(detail),
    });
  });

  test('hostNetwork, and the name resolves all the same: measured', () => {
    expect(judged(facts({ pod: onHost, evidence })).verdict.status).toBe('healthy');
  });

  test('hostNetwork, and svc/kubernetes is read: its address is asked', () => {
    expect(judged(facts({ pod: onHost, observations: ofNode })).verdict.status).toBe('healthy');
  });

  test("a pod that uses the cluster's DNS must resolve it: the port waits for the name", () => {
    const given = facts({ evidence, observations: [...allNames(TIMED_OUT), ...NO_NAME] });
    expect(checkOf(given, 'kubernetes-api')).toMatchObject({ state: 'unknown', needs: 'name' });
    expect(judged(given).verdict.status).toBe('broken');
  });
});
