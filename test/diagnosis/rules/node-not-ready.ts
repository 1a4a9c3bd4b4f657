import { facts, known, node, notStarted, type RuleCases } from '../build.ts';
import { allPorts, ENDPOINTS, REFUSED_GET, toService, webPod, webSlice } from '../to-destination.ts';

const gone = node({
  metadata: { name: 'node-2' },
  status: {
    conditions: [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }],
  },
});
const there = (index: number) =>
  webPod(index, {
    spec: { nodeName: 'node-2' },
    status: { conditions: [{ type: 'Ready', status: 'False' }] },
  });
const destinationPods = known([there(0), there(1)]);
const refused = {
  observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
  without: ['destination-endpoint'],
} as const;
const unready = known([webSlice(ENDPOINTS.map((address) => ({ address, ready: false, node: 'node-2' })))]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'it reports nothing any more',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'Unknown' },
                  { type: 'X', status: 'x', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /^Node node-1 is not ready$/,
      severity: 'error',
    },
    {
      name: 'it has no network',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'True' },
                  { type: 'NetworkUnavailable', status: 'True', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /without network/,
      severity: 'error',
    },
    {
      name: 'under pressure, and all else well',
      facts: facts({
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'True' },
                  { type: 'DiskPressure', status: 'True', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /under DiskPressure/,
      severity: 'warning',
    },
    {
      name: 'not ready, yet the probes ran',
      facts: facts({
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'Unknown' },
                  { type: 'X', status: 'x', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /not ready/,
      severity: 'warning',
    },
    {
      name: "the node of the destination's pods",
      facts: toService({
        ...refused,
        evidence: { destinationPods, destinationEndpointSlices: unready, destinationNodes: known([gone]) },
      }),
      summary: /^Node node-2, where 2 pods of svc\/web.shop run, is not ready$/,
      severity: 'error',
      about: 'destination',
      tells: [/Kubelet stopped posting/, /^kubectl describe node node-2$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'a node on which none of its pods is',
      facts: toService({
        ...refused,
        evidence: {
          destinationPods,
          destinationEndpointSlices: unready,
          destinationNodes: known([{ ...gone, metadata: { name: 'node-3' } }]),
        },
      }),
    },
    {
      name: 'nodes may not be read',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: { node: { state: 'forbidden', right: { verb: 'get', resource: 'nodes', group: '' } } },
      }),
    },
  ],
};
