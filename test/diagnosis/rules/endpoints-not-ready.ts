import { api, facts, http, known, type RuleCases, slice } from '../build.ts';
import {
  allPorts,
  ENDPOINTS,
  REFUSED_GET,
  toService,
  webPod,
  webService,
  webSlice,
} from '../to-destination.ts';

const refused = {
  observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
  without: ['destination-endpoint'],
} as const;
const unready = webSlice(ENDPOINTS.map((address) => ({ address, ready: false })));
const waiting = (index: number) =>
  webPod(index, {
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        { name: 'app', state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
      ],
    },
  });
const forbidden = (resource: string) =>
  ({ state: 'forbidden', right: { verb: 'list', group: '', resource, namespace: 'shop' } }) as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API Service refuses',
      facts: facts({
        observations: api({ kind: 'refused' }, http('refused')),
        evidence: { apiEndpointSlices: known([slice()]) },
      }),
      summary: /^svc.kubernetes has no ready endpoint, so nothing answers on 10.96.0.1$/,
      severity: 'error',
      confidence: 'certain',
      about: 'kubernetes-api',
    },
    {
      name: 'pods match, and none is ready',
      facts: toService({
        ...refused,
        evidence: {
          destinationEndpointSlices: known([unready]),
          destinationPods: known([waiting(0), waiting(1)]),
        },
      }),
      summary: /^svc\/web.shop has no ready endpoint: it selects 2 pods, and none is ready$/,
      severity: 'error',
      confidence: 'certain',
      about: 'destination',
      tells: [
        /list 2 addresses, none ready/,
        /pod web-0: container app: ImagePullBackOff \(not found\)/,
        /^kubectl get pods -l app=web -o wide -n shop$/,
      ],
    },
    {
      name: 'no selector, and nobody wrote a slice',
      facts: toService({
        ...refused,
        evidence: {
          destinationService: known(webService({ selector: {} })),
          destinationEndpointSlices: known([]),
          destinationPods: { state: 'not-asked' },
        },
      }),
      summary: /no ready endpoint: it has no selector, and no EndpointSlice lists an address for it$/,
      confidence: 'certain',
    },
    {
      name: 'slices may not be read, pods may',
      facts: toService({
        ...refused,
        evidence: {
          destinationEndpointSlices: forbidden('endpointslices'),
          destinationPods: known([waiting(0)]),
        },
      }),
      summary: /no ready endpoint: the one pod that it selects is not ready$/,
      confidence: 'likely',
      tells: [/EndpointSlices could not be read/],
    },
    {
      name: 'pods may not be read, slices may',
      facts: toService({
        ...refused,
        evidence: { destinationEndpointSlices: known([unready]), destinationPods: forbidden('pods') },
      }),
      summary: /^svc\/web.shop has no ready endpoint$/,
      confidence: 'certain',
    },
    {
      name: 'one pod of a headless Service was asked for, and has no such name',
      facts: toService({
        ...refused,
        destination: {
          requested: 'web-9.web.shop.svc:80',
          kind: 'service',
          namespace: 'shop',
          name: 'web',
          host: 'web-9.web.shop.svc',
          port: 80,
        },
        evidence: { destinationService: known(webService({ clusterIP: 'None', clusterIPs: ['None'] })) },
      }),
      summary: /no ready endpoint of the hostname web-9: no pod of it has that name$/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it refuses, and has an endpoint',
      facts: facts({ observations: api({ kind: 'refused' }, http('refused')) }),
    },
    {
      name: 'slices are behind, the connection works',
      facts: facts({ evidence: { apiEndpointSlices: known([]) } }),
    },
    {
      name: 'pods are not ready, and are published all the same',
      facts: toService({
        ...refused,
        evidence: { destinationPods: known([waiting(0), waiting(1)]) },
      }),
    },
    {
      name: 'slices of the destination are behind, it works',
      facts: toService({ evidence: { destinationEndpointSlices: known([unready]) } }),
    },
    {
      name: 'no pod matches',
      facts: toService({
        ...refused,
        evidence: { destinationEndpointSlices: known([webSlice([])]), destinationPods: known([]) },
      }),
    },
  ],
};
