import { known, type RuleCases } from '../build.ts';
import {
  allPorts,
  ENDPOINTS,
  frontConnect,
  REFUSED_GET,
  toService,
  webPod,
  webSlice,
} from '../to-destination.ts';

const refused = allPorts({ kind: 'refused' }, REFUSED_GET);
const down = { observations: [...refused.front, ...refused.endpoints] } as const;
const ready = { type: 'Ready', status: 'True' };
const probing = (port: number, isReady = true) =>
  known(
    [0, 1].map((index) =>
      webPod(index, {
        spec: {
          containers: [
            { name: 'app', ports: [{ containerPort: 8080 }], readinessProbe: { tcpSocket: { port } } },
          ],
        },
        status: { conditions: [isReady ? ready : { ...ready, status: 'False' }] },
      }),
    ),
  );
const crashing = webPod(0, {
  status: {
    containerStatuses: [{ name: 'app', restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
  },
});
const toPod = {
  destination: { requested: 'pod/web-0', kind: 'pod', namespace: 'shop', name: 'web-0', port: 8080 },
  observations: [frontConnect({ kind: 'refused' }, { host: ENDPOINTS[0], port: 8080 })],
} as const;
const podOnly = (pod: ReturnType<typeof webPod>) => {
  const made = toService({ ...toPod, without: ['destination-endpoint', 'destination-name'] });
  return {
    ...made,
    observations: made.observations.filter(
      ({ id }) => id !== 'tcp-connect/to/10.96.7.7:80' && id !== 'http-get/to/80',
    ),
    evidence: {
      ...made.evidence,
      destinationService: { state: 'not-asked' },
      destinationPods: known([pod]),
    } as const,
  };
};

export const cases: RuleCases = {
  fires: [
    {
      name: 'every endpoint refuses the port that is declared',
      facts: toService(down),
      summary:
        /^Nothing takes connections on 8080 in the pods of svc\/web.shop: all 2 that were asked refuse it; /,
      severity: 'error',
      confidence: 'likely',
      tells: [
        /the containers run, and declare 8080 \(http\)/,
        /^kubectl netcheck web-0 -n shop --to pod\/web-0:8080$/,
      ],
    },
    {
      name: 'a pod that was asked for',
      facts: podOnly(webPod(0)),
      summary: /^Nothing takes connections on 8080 in pod\/web-0; /,
    },
    {
      name: 'a pod that was asked for, on a port that it does not declare',
      facts: podOnly(
        webPod(0, { spec: { containers: [{ name: 'app', ports: [{ containerPort: 9000 }] }] } }),
      ),
      summary: /^Nothing takes connections on 8080 in pod\/web-0; /,
      tells: [/declare 9000/],
    },
    {
      name: 'the pods may not be read',
      facts: toService({
        ...down,
        evidence: {
          destinationPods: {
            state: 'forbidden',
            right: { verb: 'list', group: '', resource: 'pods', namespace: 'shop' },
          },
        },
      }),
      summary: /^Nothing takes connections on 8080/,
      confidence: 'possible',
      tells: [/not permitted to read the pods/],
    },
    {
      name: 'it is why they are not ready',
      facts: toService({
        ...down,
        evidence: {
          destinationPods: probing(8080, false),
          destinationEndpointSlices: known([
            webSlice(ENDPOINTS.map((address) => ({ address, ready: false }))),
          ]),
        },
      }),
      summary: /^Nothing takes connections on 8080/,
    },
  ],
  silent: [
    {
      name: 'the kubelet gets an answer on that very port',
      facts: toService({ ...down, evidence: { destinationPods: probing(8080) } }),
    },
    {
      name: 'its containers do not run',
      facts: toService({
        ...down,
        evidence: {
          destinationPods: known([
            crashing,
            { ...crashing, metadata: { ...crashing.metadata, name: 'web-1' } },
          ]),
        },
      }),
    },
    {
      name: 'they listen elsewhere',
      facts: toService({
        ...down,
        evidence: {
          destinationPods: known(
            [0, 1].map((index) =>
              webPod(index, { spec: { containers: [{ name: 'app', ports: [{ containerPort: 9000 }] }] } }),
            ),
          ),
        },
      }),
    },
    { name: 'only the address of the Service refuses', facts: toService({ observations: refused.front }) },
  ],
};
