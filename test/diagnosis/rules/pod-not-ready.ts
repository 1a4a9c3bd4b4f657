import { facts, known, pod, type RuleCases } from '../build.ts';

const NOT_READY = {
  type: 'Ready',
  status: 'False',
  reason: 'ContainersNotReady',
  message: 'containers with unready status: [app]',
};
const PROBED = { containers: [{ name: 'app', readinessProbe: {} }] };
const podEvents = known([
  { reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 503' },
]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'its readiness probe fails',
      facts: facts({
        pod: pod({ spec: PROBED, status: { conditions: [NOT_READY] } }),
        evidence: { podEvents },
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
      facts: facts({ pod: pod({ status: { conditions: [NOT_READY] } }) }),
    },
    {
      name: 'its container ends again and again, which is told instead',
      facts: facts({
        pod: pod({
          spec: PROBED,
          status: {
            conditions: [NOT_READY],
            containerStatuses: [
              {
                name: 'app',
                ready: false,
                restartCount: 7,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
              },
            ],
          },
        }),
        evidence: { podEvents },
      }),
    },
  ],
};
