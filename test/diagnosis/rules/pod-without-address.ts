import { facts, known, pod, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the network plugin failed',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: {
          metadata: { name: 'client', namespace: 'shop' },
          spec: { nodeName: 'node-1', containers: [{ name: 'app' }] },
          status: { phase: 'Pending' },
        },
        evidence: {
          podEvents: known([
            {
              type: 'Warning',
              reason: 'FailedCreatePodSandBox',
              message:
                'Failed to create pod sandbox: plugin type="bridge" failed: no IP addresses available in range',
            },
          ]),
        },
      }),
      summary: /could not be set up on node node-1/,
      tells: [/no IP addresses available/],
    },
    {
      name: 'running without an address',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ status: { podIP: '' } }),
      }),
      summary: /is running and has no address/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'still being created',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: {
          metadata: { name: 'client', namespace: 'shop' },
          spec: { nodeName: 'node-1', containers: [{ name: 'app' }] },
          status: { phase: 'Pending' },
        },
      }),
    },
    {
      name: 'hostNetwork',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ spec: { hostNetwork: true }, status: { podIP: '' } }),
      }),
    },
  ],
};
