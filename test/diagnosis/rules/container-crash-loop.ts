import type { Pod } from '../../../src/model/kubernetes.ts';
import { allNames, facts, known, pod, type RuleCases, TIMED_OUT } from '../build.ts';
import {
  allPorts,
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  REFUSED_GET,
  toService,
  webPod,
  webSlice,
} from '../to-destination.ts';

const KILLED = { terminated: { exitCode: 137, reason: 'OOMKilled' } } as const;
const down: Partial<Pod['status']> = {
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [
    { name: 'app', restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: KILLED },
  ],
};
const upAgain: Partial<Pod['status']> = {
  containerStatuses: [{ name: 'app', restartCount: 4, state: { running: {} }, lastState: KILLED }],
};
/** Up again since half a minute, and since the day before. */
const killedAt = (finishedAt: string): Partial<Pod['status']> => ({
  containerStatuses: [
    {
      name: 'app',
      restartCount: 4,
      state: { running: {} },
      lastState: { terminated: { ...KILLED.terminated, finishedAt } },
    },
  ],
});
const NOW = '2026-11-21T10:00:00Z';
const JUST_NOW = killedAt('2026-11-21T09:59:30Z');
const LONG_AGO = killedAt('2026-11-20T22:00:00Z');
const front = {
  observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
  without: ['destination-endpoint'],
} as const;
const second = [endpointConnect(ENDPOINTS[1], { kind: 'refused' }), endpointGet(ENDPOINTS[1], REFUSED_GET)];
const unready = webSlice(ENDPOINTS.map((address) => ({ address, ready: false })));

export const cases: RuleCases = {
  fires: [
    {
      name: 'out of memory',
      facts: facts({
        pod: pod({
          status: {
            containerStatuses: [
              {
                name: 'app',
                restartCount: 7,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
              },
            ],
          },
        }),
      }),
      summary: /Container app of pod client ends again and again \(7 restarts\)$/,
      severity: 'error',
      tells: [/OOMKilled, exit code 137/, /^kubectl logs client -c app --previous --tail=50 -n shop$/],
    },
    {
      name: 'beside a broken network it may only follow',
      facts: facts({
        pod: pod({
          status: {
            containerStatuses: [
              {
                name: 'app',
                restartCount: 7,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
              },
            ],
          },
        }),
        observations: allNames(TIMED_OUT),
      }),
      summary: /which may follow from the network/,
      severity: 'warning',
    },
    {
      name: 'every pod of the Service that was asked for',
      facts: toService({
        ...front,
        evidence: {
          destinationEndpointSlices: known([unready]),
          destinationPods: known([webPod(0, { status: down }), webPod(1, { status: down })]),
        },
      }),
      summary: /^Both pods of svc\/web.shop crash: container app was OOM-killed \(exit code 137\)$/,
      severity: 'error',
      confidence: 'certain',
      about: 'destination',
      tells: [
        /pod web-0: .* 4 restarts, now: CrashLoopBackOff/,
        /^kubectl logs web-0 -c app --previous --tail=50 -n shop$/,
      ],
    },
    {
      name: 'one of its pods, which is not ready, while the other serves',
      facts: toService({ evidence: { destinationPods: known([webPod(0), webPod(1, { status: down })]) } }),
      summary: /^1 of 2 pods of svc\/web.shop crashes/,
      severity: 'warning',
    },
    {
      name: 'one that runs again, is listed, and refuses',
      facts: toService({
        observations: second,
        evidence: { destinationPods: known([webPod(0), webPod(1, { status: upAgain })]) },
      }),
      summary: /^1 of 2 pods of svc\/web.shop crashed: container app was OOM-killed/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'it ended half a minute ago, and refuses',
      facts: toService({
        observations: second,
        evidence: { destinationPods: known([webPod(0), webPod(1, { status: JUST_NOW })]) },
        gatheredAt: NOW,
      }),
      summary: /crashed: container app was OOM-killed \(exit code 137\), 30 seconds ago$/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'it ended long ago, and refuses now: a guess',
      facts: toService({
        observations: second,
        evidence: { destinationPods: known([webPod(0), webPod(1, { status: LONG_AGO })]) },
        gatheredAt: NOW,
      }),
      summary: /crashed: container app was OOM-killed \(exit code 137\), 12 hours ago$/,
      severity: 'warning',
      confidence: 'possible',
      tells: [/exit code 137\), 12 hours ago, 4 restarts, now: runs again/, /has run since/],
    },
    {
      name: 'one long ago, and one just now: two findings, the fresh one first',
      facts: toService({
        observations: [
          ...second,
          endpointConnect(ENDPOINTS[0], { kind: 'refused' }),
          endpointGet(ENDPOINTS[0], REFUSED_GET),
        ],
        evidence: {
          destinationPods: known([webPod(0, { status: JUST_NOW }), webPod(1, { status: LONG_AGO })]),
        },
        gatheredAt: NOW,
      }),
      times: 2,
      summary: /30 seconds ago$/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'one that was killed once, is ready, and answers',
      facts: toService({
        evidence: { destinationPods: known([webPod(0), webPod(1, { status: upAgain })]) },
      }),
    },
    {
      name: 'it restarted once, and runs',
      facts: facts({
        pod: pod({
          status: { containerStatuses: [{ name: 'app', restartCount: 1, state: { running: {} } }] },
        }),
      }),
    },
  ],
};
