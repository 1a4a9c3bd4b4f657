import { expect, test } from '@jest/globals';
import { buildContainer } from '../../../src/cluster/ways/container.ts';
import { podSchema } from '../../../src/model/kubernetes.ts';

const userFor = (pod: { annotations?: Record<string, string>; podUser?: number; appUser?: number }) =>
  buildContainer(
    podSchema.parse({
      metadata: { name: 'p', annotations: pod.annotations },
      spec: {
        securityContext: pod.podUser === undefined ? undefined : { runAsUser: pod.podUser },
        containers: [
          {
            name: 'app',
            securityContext: pod.appUser === undefined ? undefined : { runAsUser: pod.appUser },
          },
        ],
      },
    }),
    { name: 'n', image: 'i', profile: 'restricted', command: ['true'] },
  ).securityContext.runAsUser;

test.each([
  ['nothing set', {}, 65532],
  ['the pod sets a user: it holds for us too', { podUser: 1000 }, undefined],
  ['the pod runs as root', { podUser: 0 }, 65532],
  ['the app sets a user', { appUser: 1001 }, 1001],
  ['the app runs as root', { appUser: 0 }, 65532],
  ["the mesh's own uid, which it exempts", { appUser: 1337 }, 65532],
  [
    'OpenShift gives a range',
    { annotations: { 'openshift.io/scc': 'restricted-v2' }, appUser: 1001 },
    undefined,
  ],
])('%s', (_name, pod, expected) => {
  expect(userFor(pod)).toBe(expected);
});

test('always meets Pod Security restricted', () => {
  const { securityContext } = buildContainer(podSchema.parse({ metadata: { name: 'p' }, spec: {} }), {
    name: 'n',
    image: 'i',
    profile: 'restricted',
    command: [],
  });
  expect(securityContext).toMatchObject({
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
    readOnlyRootFilesystem: true,
  });
});
