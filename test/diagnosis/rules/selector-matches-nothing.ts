import type { Workload } from '../../../src/model/kubernetes.ts';
import { known, type RuleCases } from '../build.ts';
import { allPorts, REFUSED_GET, toService, webPod, webService, webSlice } from '../to-destination.ts';

const refused = {
  observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
  without: ['destination-endpoint'],
} as const;
const nothing = {
  destinationService: known(webService({ selector: { app: 'webb' } })),
  destinationEndpointSlices: known([webSlice([])]),
  destinationPods: known([]),
} as const;
const deployment = (replicas: number, app = 'webb'): Workload => ({
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas, template: { metadata: { labels: { app } } } },
});
const labelled = (index: number, labels: Record<string, string>) => webPod(index, { metadata: { labels } });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a slip in a label',
      facts: toService({
        ...refused,
        evidence: { ...nothing, destinationNeighbours: known([webPod(0), webPod(1)]) },
      }),
      summary: /^svc\/web.shop selects app=webb, and no pod of namespace shop carries that$/,
      severity: 'error',
      confidence: 'certain',
      tells: [
        /^2 pods \(web-0 and web-1\): app=web where the selector says app=webb$/,
        /^kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}' -n shop$/,
      ],
    },
    {
      name: 'one label of two is another, and pods of another app share the other one',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationService: known(webService({ selector: { app: 'web', tier: 'back' } })),
          destinationNeighbours: known([
            labelled(0, { app: 'web', tier: 'front' }),
            labelled(1, { app: 'mail', tier: 'back' }),
          ]),
        },
      }),
      summary: /selects app=web,tier=back/,
      tells: [/web-0\): tier=front where/, /web-1\): app=mail where/],
    },
    {
      name: 'a label that the pods do not have',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationService: known(webService({ selector: { app: 'web', tier: 'back' } })),
          destinationNeighbours: known([labelled(0, { app: 'web' })]),
        },
      }),
      summary: /selects app=web,tier=back/,
      tells: [/no label tier where the selector says tier=back/, /'{"spec":{"selector":{"tier":null}}}'/],
    },
    {
      name: 'a label that a shell would read: no command is made of it',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationNeighbours: known([labelled(0, { app: "web'" })]),
        },
      }),
      summary: /selects app=webb/,
      tells: [/app=web' where/, /^$/],
    },
    {
      name: 'scaled to 0',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationNeighbours: known([]),
          destinationWorkloads: known([deployment(0)]),
        },
      }),
      summary: /^svc\/web.shop has no pods: deploy\/web, whose pods it selects, is scaled to 0$/,
      tells: [/^kubectl scale deployment web --replicas=1 -n shop$/],
    },
    {
      name: 'pods cannot be made',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationWorkloads: known([deployment(2)]),
          destinationEvents: known([
            {
              reason: 'FailedCreate',
              message: 'Error creating: exceeded quota',
              involvedObject: { kind: 'ReplicaSet', name: 'web-7858598c99' },
            },
          ]),
        },
      }),
      summary: /deploy\/web, whose pods it selects, is to have 2, and has none/,
      tells: [/exceeded quota/],
    },
  ],
  silent: [
    {
      name: 'no selector, by design',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationService: known(webService({ selector: {} })),
          destinationNeighbours: known([webPod(0), webPod(1)]),
        },
      }),
    },
    {
      name: 'pods match, and are not ready',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationPods: known([webPod(0)]),
          destinationNeighbours: known([webPod(0), webPod(1)]),
        },
      }),
    },
    { name: 'it works all the same', facts: toService({ evidence: { destinationPods: known([]) } }) },
    {
      name: 'the pods may not be listed',
      facts: toService({
        ...refused,
        evidence: {
          ...nothing,
          destinationPods: {
            state: 'forbidden',
            right: { verb: 'list', group: '', resource: 'pods', namespace: 'shop' },
          },
        },
      }),
    },
  ],
};
