import { http, httpTimedOut, known, type RuleCases, responded } from '../build.ts';
import {
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  frontConnect,
  frontGet,
  REFUSED_GET,
  toService,
  webPod,
  webSlice,
} from '../to-destination.ts';

const [first, second] = ENDPOINTS;
const refused = (address: string) => [
  endpointConnect(address, { kind: 'refused' }),
  endpointGet(address, REFUSED_GET),
];
const apart = known([
  webSlice([
    { address: first, node: 'node-1' },
    { address: second, node: 'node-2' },
  ]),
]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'one of two refuses, the Service happened to work',
      facts: toService({ observations: refused(second) }),
      summary:
        /^1 of 2 endpoints of svc\/web.shop fails when asked by itself, so some connections to it do too: pod\/web-1 \(10.244.0.22, node-1\)$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/^pod\/web-1 .*: 8080 refused the connection$/, /^kubectl describe pod web-1 -n shop$/],
    },
    {
      name: 'one accepts, and never answers',
      facts: toService({ observations: [endpointGet(second, httpTimedOut('first-byte'))] }),
      summary: /^1 of 2 endpoints/,
      tells: [/8080: no answer to the request/],
    },
    {
      name: 'one answers with 500, and so did the Service',
      facts: toService({ observations: [endpointGet(second, responded(500)), frontGet(responded(500))] }),
      summary: /^1 of 2 endpoints/,
      tells: [/8080: answered with HTTP 500/],
    },
    {
      name: 'all that fail are on one node',
      facts: toService({ observations: refused(second), evidence: { destinationEndpointSlices: apart } }),
      summary: /^1 of 2 endpoints/,
      tells: [/all that fail are on node-2/],
    },
    {
      name: 'it is being deleted, in the middle of a rollout',
      facts: toService({
        observations: refused(second),
        evidence: {
          destinationPods: known([
            webPod(0),
            webPod(1, { metadata: { name: 'web-1', deletionTimestamp: '2026-11-21T10:00:00Z' } }),
          ]),
        },
      }),
      summary: /^pod\/web-1 .* did not answer, and is being deleted: ask again once it is gone$/,
      severity: 'warning',
    },
    {
      name: 'its pod is gone, and still listed',
      facts: toService({
        observations: refused(second),
        evidence: { destinationPods: known([webPod(0)]) },
      }),
      summary: /^1 of 2 endpoints/,
      tells: [/is listed, and there is no such pod any more/],
    },
  ],
  silent: [
    { name: 'all fail', facts: toService({ observations: [...refused(first), ...refused(second)] }) },
    {
      name: 'all answer, and the Service failed once',
      facts: toService({ observations: [frontConnect({ kind: 'refused' })] }),
    },
    {
      name: 'of the other nothing was measured',
      facts: toService({
        observations: refused(second),
        lost: [`tcp-connect/to/endpoint/${first}:8080`, `http-get/to/endpoint/${first}:8080`],
      }),
    },
    {
      name: 'one was reset after it answered another',
      facts: toService({ observations: [frontGet(http('reset'))] }),
    },
    {
      name: 'the endpoints are not known',
      facts: toService({
        observations: refused(second),
        evidence: {
          destinationEndpointSlices: {
            state: 'forbidden',
            right: { verb: 'list', group: 'discovery.k8s.io', resource: 'endpointslices', namespace: 'shop' },
          },
        },
      }),
    },
  ],
};
