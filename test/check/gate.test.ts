import { expect, test } from '@jest/globals';
import { gate } from '../../src/gate.ts';
import { podSchema } from '../../src/model/kubernetes.ts';

const running = { phase: 'Running', podIP: '10.244.0.5' };
const known = (status: object, spec: object = {}, metadata: object = {}) =>
  ({
    state: 'known',
    value: podSchema.parse({
      metadata: { name: 'p', ...metadata },
      spec: { nodeName: 'n', ...spec },
      status,
    }),
  }) as const;
const patch = { verb: 'patch', group: '', resource: 'pods/ephemeralcontainers', namespace: 'x' };

test('a running pod and all rights: enter', () => {
  expect(gate(known(running), [])).toHaveProperty('pod');
});

test('a pod whose init container waits has a network, and may be entered: what it waits for is often the question', () => {
  expect(gate(known({ ...running, phase: 'Pending' }), [])).toHaveProperty('pod');
});

test.each([
  ['finished', known({ ...running, phase: 'Succeeded' }), 'the pod has finished (Succeeded)'],
  ['failed', known({ ...running, phase: 'Failed' }), 'the pod has finished (Failed)'],
  ['going', known(running, {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }), 'the pod is being deleted'],
  ['unscheduled', known({ phase: 'Pending' }, { nodeName: undefined }), 'the pod is not scheduled to a node'],
  ['no address', known({ phase: 'Pending' }), 'the pod has no address yet'],
  ['Windows', known(running, { os: { name: 'windows' } }), 'it is a Windows pod'],
  ['absent', { state: 'absent' } as const, 'the pod does not exist'],
])('%s: nothing is added', (_name, pod, detail) => {
  expect(gate(pod, [])).toEqual({ entry: { state: 'not-attempted', why: 'pod-unusable', detail } });
});

test('a static pod takes no ephemeral container, and may be entered in another way', () => {
  const pod = known(running, {}, { annotations: { 'kubernetes.io/config.mirror': 'x' } });
  expect(gate(pod, [])).toMatchObject({
    pod: { metadata: { name: 'p' } },
    closed: { ephemeral: { state: 'not-attempted', why: 'pod-unusable', detail: 'it is a static pod' } },
  });
});

test('a missing right is named before anything is tried', () => {
  expect(gate(known(running), [patch])).toMatchObject({
    closed: { ephemeral: { state: 'not-attempted', why: 'access-denied', missing: [patch] } },
  });
});

test('a pod that may not be read is an access question, never "not found"', () => {
  const right = { verb: 'get', group: '', resource: 'pods', namespace: 'x' };
  expect(gate({ state: 'forbidden', right }, [])).toEqual({
    entry: { state: 'not-attempted', why: 'access-denied', missing: [right] },
  });
});

test('an API server that gives no answer about the pod', () => {
  expect(gate({ state: 'failed', reason: 'HTTP 503: busy' }, [])).toEqual({
    entry: { state: 'not-attempted', why: 'api-unavailable', detail: 'HTTP 503: busy' },
  });
});
