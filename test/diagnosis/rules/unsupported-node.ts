import { facts, known, node, notStarted, pod, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'Windows',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ spec: { os: { name: 'windows' } } }),
      }),
      summary: /runs on Windows/,
    },
    {
      name: 'Fargate',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({
              metadata: { name: 'fargate-1', labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
            }),
          ),
        },
      }),
      summary: /Fargate/,
    },
    {
      name: 'a virtual kubelet',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({ spec: { taints: [{ key: 'virtual-kubelet.io/provider', effect: 'NoSchedule' }] } }),
          ),
        },
      }),
      summary: /virtual kubelet/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'a late start on a Linux node', facts: facts({ entry: notStarted('Timeout', '') }) },
  ],
};
