/** The parts that the table cannot reach: fields of a later API, and what is read of a Pod. */
import { describe, expect, test } from '@jest/globals';
import { egressPolicies } from '../../../src/diagnosis/policy/egress.ts';
import { podEnd, policiesOf } from '../../../src/diagnosis/policy/ends.ts';
import { evaluateDirection } from '../../../src/diagnosis/policy/evaluate.ts';
import type { Flow } from '../../../src/diagnosis/policy/flow.ts';
import { coversDirection } from '../../../src/diagnosis/policy/isolation.ts';
import { matchSelector } from '../../../src/diagnosis/policy/selectors.ts';
import { surplusField } from '../../../src/diagnosis/policy/surplus.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { pod } from '../build.ts';
import { known } from './worlds.ts';

describe('fields that a later API may have', () => {
  const later = <T extends object>(object: T): T => ({ ...object, laterField: 1 });
  const end = (name: string): Flow['source'] => ({
    kind: 'pod',
    namespace: 'shop',
    name,
    labels: { app: name },
    namespaceLabels: {},
    ips: ['10.0.0.1'],
    hostNetwork: false,
    containerPorts: [],
  });
  const stateWith = (spec: NetworkPolicy['spec']): string => {
    const policy = { metadata: { name: 'p', namespace: 'shop' }, spec };
    const flow: Flow = {
      source: end('client'),
      destination: end('web'),
      port: 80,
      protocol: 'TCP',
      policies: known([policy]),
    };
    return evaluateDirection(flow, 'ingress').state;
  };
  test.each<[string, NetworkPolicy['spec']]>([
    ['a selector', { podSelector: later({}) }],
    ['a rule', { ingress: [later({})] }],
    ['a peer', { ingress: [{ from: [later({ podSelector: {} })] }] }],
    ['a selector of a peer', { ingress: [{ from: [{ podSelector: later({}) }] }] }],
    ['a block', { ingress: [{ from: [{ ipBlock: later({ cidr: '0.0.0.0/0' }) }] }] }],
    ['a port', { ingress: [{ ports: [later({ port: 80 })] }] }],
  ])('in %s: not known, rather than allowed or denied', (_, spec) => {
    expect(stateWith(spec)).toBe('unknown');
  });
  test('none where all are known', () => {
    expect(surplusField({ port: 1 }, ['port'])).toBeUndefined();
    expect(stateWith({ ingress: [{ ports: [{ port: 80 }] }] })).toBe('allowed');
  });
});

describe('selectors', () => {
  const seen = { of: 'pod', labels: { app: 'web' } } as const;
  test.each([
    [{ key: 'app', operator: 'In' }],
    [{ key: 'app', operator: 'NotIn', values: [] }],
    [{ key: 'app', operator: 'Exists', values: ['web'] }],
    [{ key: 'app', operator: 'DoesNotExist', values: ['web'] }],
    [{ key: 'app', operator: 'in', values: ['web'] }],
  ])('%j is not valid', (requirement) => {
    expect(matchSelector({ matchExpressions: [requirement] }, seen)).toMatchObject({ holds: 'unknown' });
  });
  test('names that every object has are no labels', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(matchSelector({ matchExpressions: [{ key, operator: 'Exists' }] }, seen).holds).toBe('no');
      expect(matchSelector({ matchExpressions: [{ key, operator: 'DoesNotExist' }] }, seen).holds).toBe(
        'yes',
      );
    }
  });
  test('the name of a namespace is known, whatever else is said of it', () => {
    const key = 'kubernetes.io/metadata.name';
    const selector = { matchLabels: { [key]: 'shop' } };
    const named = { of: 'namespace', always: { [key]: 'shop' } } as const;
    expect(matchSelector(selector, { ...named, labels: undefined }).holds).toBe('yes');
    expect(matchSelector(selector, { ...named, labels: {} }).holds).toBe('yes');
    expect(matchSelector(selector, { ...named, labels: { [key]: 'other' } }).holds).toBe('yes');
  });
  test('a no tells all that differs', () => {
    const selector = { matchLabels: { app: 'api', tier: 'back' } };
    expect(matchSelector(selector, seen)).toEqual({
      holds: 'no',
      misses: [
        { kind: 'label', of: 'pod', key: 'app', operator: 'In', values: ['api'], has: 'web' },
        { kind: 'label', of: 'pod', key: 'tier', operator: 'In', values: ['back'], has: undefined },
      ],
    });
  });
});

test.each<[NetworkPolicy['spec'], string, string]>([
  [{}, 'yes', 'no'],
  [{ ingress: [] }, 'yes', 'no'],
  [{ egress: [] }, 'yes', 'no'],
  [{ egress: [{}] }, 'yes', 'yes'],
  [{ policyTypes: [], egress: [{}] }, 'yes', 'yes'],
  [{ policyTypes: ['Egress'], ingress: [{}] }, 'no', 'yes'],
  [{ policyTypes: ['Ingress'], egress: [{}] }, 'yes', 'no'],
  [{ policyTypes: ['ingress'] }, 'unknown', 'unknown'],
])('policyTypes of %j: ingress %s, egress %s', (spec, ingress, egress) => {
  const policy = { metadata: { name: 'p' }, spec };
  expect(coversDirection(policy, 'ingress').holds).toBe(ingress);
  expect(coversDirection(policy, 'egress').holds).toBe(egress);
});

describe('what the API server told', () => {
  test('of a Pod', () => {
    const { status, ...rest } = pod();
    expect(podEnd(pod(), { team: 'x' })).toMatchObject({
      kind: 'pod',
      namespace: 'shop',
      name: rest.metadata.name,
      namespaceLabels: { team: 'x' },
      hostNetwork: false,
      ips: status.podIPs?.map(({ ip }) => ip) ?? [status.podIP],
    });
    const old = { ...rest, status: { podIP: '10.0.0.9' } };
    expect(podEnd(old, undefined)).toMatchObject({
      ips: ['10.0.0.9'],
      namespaceLabels: undefined,
      hostIPs: undefined,
    });
    expect(podEnd({ ...rest, status: {} }, undefined)).toMatchObject({ ips: [] });
  });
  test('of policies', () => {
    const right = {
      verb: 'list',
      resource: 'networkpolicies',
      group: 'networking.k8s.io',
      namespace: 'shop',
    };
    expect(policiesOf({ state: 'absent' })).toEqual({ state: 'known', policies: [] });
    expect(policiesOf({ state: 'known', value: [] })).toEqual({ state: 'known', policies: [] });
    expect(policiesOf({ state: 'forbidden', right })).toEqual({
      state: 'unknown',
      why: 'not permitted to list networkpolicies',
    });
    expect(policiesOf({ state: 'failed', reason: '503' })).toEqual({
      state: 'unknown',
      why: 'networkpolicies were not read: 503',
    });
    expect(policiesOf({ state: 'not-asked' })).toEqual({
      state: 'unknown',
      why: 'networkpolicies were not asked for',
    });
  });
});

describe('egress policies of the target', () => {
  const policy = (name: string, podSelector: NetworkPolicy['spec']['podSelector']): NetworkPolicy => ({
    metadata: { name, namespace: 'shop' },
    spec: { ...(podSelector === undefined ? {} : { podSelector }), policyTypes: ['Egress'] },
  });
  const of = (...value: NetworkPolicy[]): Pick<Evidence, 'pod' | 'networkPolicies'> => ({
    pod: { state: 'known', value: pod() },
    networkPolicies: { state: 'known', value },
  });
  const strange = policy('strange', { matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] });
  test('one that may select it is never "none selects it"', () => {
    expect(egressPolicies(of(strange))).toEqual({
      kind: 'unknown',
      why: 'whether strange applies to this pod could not be told',
    });
    expect(egressPolicies(of(policy('all', {}), strange))).toEqual({
      kind: 'selected',
      names: ['all', 'strange'],
    });
    expect(egressPolicies(of(policy('other', { matchLabels: { app: 'other' } })))).toEqual({ kind: 'none' });
  });
});
