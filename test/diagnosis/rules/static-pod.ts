import { facts, pod, type RuleCases, refused } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'told by its annotation',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } }),
      }),
      summary: /is a static pod/,
    },
    {
      name: 'told by the server',
      facts: facts({
        entry: refused(422, 'Pod "client" is invalid: static pods do not support ephemeral containers'),
      }),
      summary: /is a static pod/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'another 422',
      facts: facts({
        entry: refused(422, 'Pod "client" is invalid: spec.ephemeralContainers[0].image: Required value'),
      }),
    },
  ],
};
