import { known, type RuleCases } from '../build.ts';
import { allPorts, REFUSED_GET, toService, webPod, webService, webSlice } from '../to-destination.ts';

const refused = {
  observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
  without: ['destination-endpoint'],
} as const;
const named = known(webService({ ports: [{ name: 'http', port: 80, targetPort: 'htttp' }] }));
const numberless = { ...webSlice(), ports: null };

export const cases: RuleCases = {
  fires: [
    {
      name: 'slices without ports',
      facts: toService({
        ...refused,
        evidence: { destinationService: named, destinationEndpointSlices: known([numberless]) },
      }),
      summary:
        /^svc\/web.shop leads port 80 to the port named htttp of its pods, and no container has a TCP port of that name$/,
      severity: 'error',
      confidence: 'certain',
      tells: [
        /names that its pods declare: http$/,
        /^kubectl patch service web --type=json -p '.*"path":"\/spec\/ports\/0\/targetPort","value":"http"}\]' -n shop$/,
      ],
    },
    {
      name: 'a port without a number',
      facts: toService({
        ...refused,
        evidence: {
          destinationService: named,
          destinationEndpointSlices: known([webSlice(undefined, null)]),
        },
      }),
      summary: /port named htttp/,
    },
    {
      name: 'a slice written by hand, whose port has another name',
      facts: toService({
        ...refused,
        evidence: {
          destinationService: known(webService({ selector: {} })),
          destinationEndpointSlices: known([
            { ...webSlice(), ports: [{ name: 'web', port: 8080, protocol: 'TCP' }] },
          ]),
          destinationPods: { state: 'not-asked' },
        },
      }),
      summary: /^svc\/web.shop has port 80 \(http\), and its EndpointSlices have only web$/,
    },
  ],
  silent: [
    {
      name: 'a name that containers have',
      facts: toService({ ...refused, evidence: { destinationService: named } }),
    },
    {
      name: 'nothing is ready',
      facts: toService({
        ...refused,
        evidence: {
          destinationService: named,
          destinationEndpointSlices: known([
            { ...webSlice([{ address: '10.244.0.21', ready: false }]), ports: null },
          ]),
          destinationPods: known([webPod(0)]),
        },
      }),
    },
    { name: 'it works', facts: toService({ evidence: { destinationService: named } }) },
  ],
};
