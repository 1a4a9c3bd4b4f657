import { known, type RuleCases } from '../build.ts';
import { allPorts, ENDPOINTS, SILENT_GET, toService, webService, webSlice } from '../to-destination.ts';

const silent = { observations: allPorts({ kind: 'timed-out' }, SILENT_GET).front } as const;
const local = known(webService({ internalTrafficPolicy: 'Local' }));
const on = (...nodes: readonly string[]) =>
  known([webSlice(ENDPOINTS.map((address, index) => ({ address, node: nodes[index] ?? '' })))]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'its endpoints are on other nodes',
      facts: toService({
        ...silent,
        evidence: { destinationService: local, destinationEndpointSlices: on('node-2', 'node-3') },
      }),
      summary:
        /^svc\/web.shop has internalTrafficPolicy Local and no ready endpoint on node-1, where this pod runs: its endpoints are on node-2 and node-3$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/^kubectl patch service web -p '{"spec":{"internalTrafficPolicy":"Cluster"}}' -n shop$/],
    },
  ],
  silent: [
    {
      name: 'one is on this node',
      facts: toService({
        ...silent,
        evidence: { destinationService: local, destinationEndpointSlices: on('node-2', 'node-1') },
      }),
    },
    {
      name: 'traffic policy Cluster',
      facts: toService({ ...silent, evidence: { destinationEndpointSlices: on('node-2', 'node-3') } }),
    },
    {
      name: 'it works all the same',
      facts: toService({
        evidence: { destinationService: local, destinationEndpointSlices: on('node-2', 'node-3') },
      }),
    },
  ],
};
