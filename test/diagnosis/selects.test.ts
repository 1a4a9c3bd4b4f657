import { describe, expect, test } from '@jest/globals';
import { covers, matchesLabels, policiesSelecting } from '../../src/diagnosis/policy/selects.ts';
import type { LabelSelector, NetworkPolicy } from '../../src/model/kubernetes.ts';
import { pod } from './build.ts';

const expression = (key: string, operator: string, values?: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});

describe('labels', () => {
  const labels = { app: 'client', tier: 'front' };
  test.each<[LabelSelector | undefined, boolean]>([
    [undefined, true],
    [{}, true],
    [{ matchLabels: { app: 'client' } }, true],
    [{ matchLabels: { app: 'client', tier: 'back' } }, false],
    [{ matchLabels: { constructor: 'x' } }, false],
    [expression('app', 'In', ['client', 'web']), true],
    [expression('app', 'In', ['web']), false],
    [expression('zone', 'In', ['a']), false],
    [expression('app', 'NotIn', ['web']), true],
    [expression('zone', 'NotIn', ['a']), true],
    [expression('app', 'NotIn', ['client']), false],
    [expression('app', 'Exists'), true],
    [expression('zone', 'Exists'), false],
    [expression('zone', 'DoesNotExist'), true],
    [expression('app', 'DoesNotExist'), false],
    [expression('app', 'Gt', ['1']), false],
    [{ matchLabels: { app: 'client' }, ...expression('zone', 'Exists') }, false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesLabels(selector, labels)).toBe(expected);
  });
});

describe('directions', () => {
  test.each<[NetworkPolicy['spec'], boolean, boolean]>([
    [{}, true, false],
    [{ egress: [] }, true, false],
    [{ policyTypes: [], egress: [{}] }, true, true],
    [{ policyTypes: ['Egress'] }, false, true],
    [{ policyTypes: ['Ingress'], egress: [{}] }, true, false],
    [{ policyTypes: ['Ingress', 'Egress'] }, true, true],
  ])('%j: ingress %s, egress %s', (spec, ingress, egress) => {
    const policy = { metadata: { name: 'p' }, spec };
    expect([covers(policy, 'ingress'), covers(policy, 'egress')]).toEqual([ingress, egress]);
  });
});

test('only policies of the namespace of the pod', () => {
  const policy = (name: string, namespace: string): NetworkPolicy => ({
    metadata: { name, namespace },
    spec: { podSelector: {}, policyTypes: ['Egress'] },
  });
  const found = policiesSelecting([policy('here', 'shop'), policy('there', 'other')], pod(), 'egress');
  expect(found.map(({ metadata }) => metadata.name)).toEqual(['here']);
});
