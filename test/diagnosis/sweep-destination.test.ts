/** Every mixture of what a Service's address and its two endpoints do, with what the API says of them: nothing broken is called healthy. */
import { describe, expect, test } from '@jest/globals';
import type { OutcomeOf } from '../../probes/index.ts';
import type { Pod } from '../../src/model/kubernetes.ts';
import { dnsPod, httpTimedOut, known, type RuleCases, responded } from './build.ts';
import { judged } from './judged.ts';
import {
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  frontConnect,
  frontGet,
  REFUSED_GET,
  SILENT_GET,
  toService,
  webPod,
  webService,
  webSlice,
} from './to-destination.ts';

interface Way {
  readonly tcp: OutcomeOf<'tcp-connect'>;
  readonly get: OutcomeOf<'http-get'>;
}
const WAYS: Readonly<Record<string, Way>> = {
  answers: { tcp: { kind: 'open' }, get: responded(200) },
  refuses: { tcp: { kind: 'refused' }, get: REFUSED_GET },
  silent: { tcp: { kind: 'timed-out' }, get: SILENT_GET },
  unreachable: {
    tcp: { kind: 'unreachable', which: 'host' },
    get: { kind: 'unreachable', which: 'host', phases: { total: 3000 } },
  },
  hangs: { tcp: { kind: 'open' }, get: httpTimedOut('first-byte') },
  fails: { tcp: { kind: 'open' }, get: responded(503) },
};
const NAMES = Object.keys(WAYS);
const way = (name: string): Way => WAYS[name] ?? { tcp: { kind: 'open' }, get: responded(200) };

const NOT_READY = [{ type: 'Ready', status: 'False' }];
const PODS: Readonly<Record<string, readonly Pod[]>> = {
  running: [webPod(0), webPod(1)],
  'declaring another port': [0, 1].map((index) =>
    webPod(index, { spec: { containers: [{ name: 'app', ports: [{ containerPort: 9000 }] }] } }),
  ),
  crashing: [0, 1].map((index) =>
    webPod(index, {
      status: {
        conditions: NOT_READY,
        containerStatuses: [
          { name: 'app', restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } },
        ],
      },
    }),
  ),
  'not ready': [0, 1].map((index) => webPod(index, { status: { conditions: NOT_READY } })),
  none: [],
};

type Facts = RuleCases['fires'][number]['facts'];
const made = (front: string, first: string, second: string, pods: string, ready: boolean): Facts =>
  toService({
    observations: [
      frontConnect(way(front).tcp),
      frontGet(way(front).get),
      ...[first, second].flatMap((name, index) => {
        const address = ENDPOINTS[index] ?? '';
        return [endpointConnect(address, way(name).tcp), endpointGet(address, way(name).get)];
      }),
    ],
    evidence: {
      destinationService: known(webService()),
      destinationEndpointSlices: known([webSlice(ENDPOINTS.map((address) => ({ address, ready })))]),
      destinationPods: known([...(PODS[pods] ?? [])]),
      kubeProxyPods: known([dnsPod('kube-proxy-abcde')]),
    },
  });

const SYMPTOMS: Readonly<Record<string, string>> = {
  refuses: 'NC6001',
  silent: 'NC6004',
  unreachable: 'NC6005',
  hangs: 'NC7104',
  fails: 'NC7101',
};

describe.each(NAMES)('the address %s', (front) => {
  test.each(
    Object.keys(PODS).flatMap((pods) =>
      [true, false].map((ready) => [pods, ready ? 'listed' : 'not listed'] as const),
    ),
  )('pods %s, %s as ready', (pods, listed) => {
    for (const first of NAMES)
      for (const second of NAMES) {
        const { verdict, checks } = judged(made(front, first, second, pods, listed === 'listed'));
        const mixture = `${front}: ${first}, ${second}`;
        const failed = checks.filter(({ state }) => state === 'failed').map(({ id }) => id);
        // What fails is called broken; but where the address answers and nothing behind it does, it can only be asked again.
        const odd = front === 'answers' && first !== 'answers' && second !== 'answers';
        expect([mixture, odd && verdict.status === 'inconclusive' ? 'broken' : verdict.status]).toEqual([
          mixture,
          failed.length > 0 ? 'broken' : 'healthy',
        ]);
        // What the user saw stands at the end of the chain: the cause that is named leads there.
        const seen = SYMPTOMS[front];
        if (seen !== undefined)
          expect([mixture, verdict.chain]).toEqual([mixture, expect.arrayContaining([seen])]);
        // One endpoint that fails is told wherever the other answers.
        expect([mixture, verdict.status === 'healthy' && front !== 'answers']).toEqual([mixture, false]);
        if (listed === 'listed' && (first === 'answers') !== (second === 'answers'))
          expect([mixture, [...verdict.chain, ...verdict.others]]).toEqual([
            mixture,
            expect.arrayContaining(['NC4007']),
          ]);
      }
  });
});
