import { facts, known, pod, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'its readiness probe fails',
      facts: facts({
        pod: pod({
          spec: { containers: [{ name: 'app', readinessProbe: {} }] },
          status: {
            conditions: [
              {
                type: 'Ready',
                status: 'False',
                reason: 'ContainersNotReady',
                message: 'containers with unready status: [app]',
              },
            ],
          },
        }),
        evidence: {
          podEvents: known([
            {
              reason: 'Unhealthy',
              message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
            },
          ]),
        },
      }),
      summary: /is not ready, so Services send it no traffic/,
      severity: 'warning',
      tells: [/statuscode: 503/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it has no readiness probe',
      facts: facts({
        pod: pod({
          status: {
            conditions: [
              {
                type: 'Ready',
                status: 'False',
                reason: 'ContainersNotReady',
                message: 'containers with unready status: [app]',
              },
            ],
          },
        }),
      }),
    },
  ],
};
