import { facts, known, pod, type RuleCases } from '../build.ts';
import { allPorts, ENDPOINTS, REFUSED_GET, toService, webPod, webSlice } from '../to-destination.ts';

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

const waiting = (index: number) => webPod(index, { status: { conditions: [NOT_READY] } });
const destinationEvents = known([
  {
    reason: 'Unhealthy',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    involvedObject: { kind: 'Pod', name: 'web-0' },
  },
]);
const unready = webSlice(ENDPOINTS.map((address) => ({ address, ready: false })));

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
    {
      name: 'no pod of the Service that was asked for is',
      facts: toService({
        observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
        without: ['destination-endpoint'],
        evidence: {
          destinationEndpointSlices: known([unready]),
          destinationPods: known([waiting(0), waiting(1)]),
          destinationEvents,
        },
      }),
      summary: /^Both pods of svc\/web.shop run and are not ready: Readiness probe failed: .* 503$/,
      severity: 'error',
      confidence: 'certain',
      about: 'destination',
      tells: [/^kubectl describe pod web-0 -n shop$/],
    },
    {
      name: 'one of them is not, and the other serves',
      facts: toService({ evidence: { destinationPods: known([waiting(0), webPod(1)]) } }),
      summary: /^1 of 2 pods of svc\/web.shop runs and is not ready/,
      severity: 'warning',
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
