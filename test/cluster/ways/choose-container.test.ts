import { expect, test } from '@jest/globals';
import { containerToEnter } from '../../../src/cluster/ways/choose-container.ts';
import { podSchema } from '../../../src/model/kubernetes.ts';

const pod = (names: readonly string[], usual?: string) =>
  podSchema.parse({
    metadata: {
      name: 'p',
      ...(usual === undefined ? {} : { annotations: { 'kubectl.kubernetes.io/default-container': usual } }),
    },
    spec: { containers: names.map((name) => ({ name })) },
  });

test.each([
  ['the first', pod(['app', 'log']), undefined, 'app'],
  ['not the proxy of a mesh', pod(['istio-proxy', 'app']), undefined, 'app'],
  ['the pod says which', pod(['app', 'log'], 'log'), undefined, 'log'],
  ['the pod says one that is not there', pod(['app', 'log'], 'gone'), undefined, 'app'],
  ['the user says which', pod(['app', 'log'], 'app'), 'log', 'log'],
  ['a gateway is nothing but a proxy', pod(['istio-proxy']), undefined, 'istio-proxy'],
])('%s', (_name, of, wanted, expected) => {
  expect(containerToEnter(of, wanted)).toMatchObject({ name: expected });
});

test('one that is not there is told, with those that are', () => {
  expect(containerToEnter(pod(['app', 'log']), 'web')).toBe('the pod has no container web; it has: app, log');
});
