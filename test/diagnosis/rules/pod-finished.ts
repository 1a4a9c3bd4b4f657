import { facts, pod, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'succeeded',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ status: { phase: 'Succeeded' } }),
      }),
      summary: /has finished \(Succeeded\)/,
      severity: 'error',
    },
    {
      name: 'evicted',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({
          status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
        }),
      }),
      summary: /Failed, Evicted/,
      tells: [/low on resource/],
    },
    {
      name: 'being deleted',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ metadata: { deletionTimestamp: '2026-11-21T10:00:00Z' } }),
      }),
      summary: /is being deleted/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'deleted only after the probes had run',
      facts: facts({ pod: pod({ metadata: { deletionTimestamp: '2026-11-21T10:00:00Z' } }) }),
    },
  ],
};
