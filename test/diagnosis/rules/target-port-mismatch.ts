import type { Pod } from '../../../src/model/kubernetes.ts';
import { answer, known, type RuleCases } from '../build.ts';
import {
  ABSOLUTE_NAME,
  allPorts,
  destinationNames,
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  frontConnect,
  frontGet,
  REFUSED_GET,
  toService,
  webPod,
  webService,
  webSlice,
} from '../to-destination.ts';

const refused = allPorts({ kind: 'refused' }, REFUSED_GET);
const down = { observations: [...refused.front, ...refused.endpoints] } as const;
const containers = (container: Partial<Pod['spec']['containers'][number]>) =>
  known([0, 1].map((index) => webPod(index, { spec: { containers: [{ name: 'app', ...container }] } })));
const declares = (...ports: NonNullable<Pod['spec']['containers'][number]['ports']>) => containers({ ports });

/** Its name leads to the pods: there is no address to connect to. */
const byName = toService({
  observations: [
    ...destinationNames(answer(ABSOLUTE_NAME, ENDPOINTS[0])),
    frontConnect({ kind: 'refused' }, { host: 'web' }),
    frontGet(REFUSED_GET),
  ],
  evidence: { destinationService: known(webService({ clusterIP: 'None', clusterIPs: ['None'] })) },
});
const headless = {
  ...byName,
  observations: byName.observations.filter(({ id }) => id !== 'tcp-connect/to/10.96.7.7:80'),
};

export const cases: RuleCases = {
  fires: [
    {
      name: 'the pods declare another port',
      facts: toService({
        ...down,
        evidence: { destinationPods: declares({ name: 'http', containerPort: 9000 }) },
      }),
      summary:
        /^svc\/web.shop leads 80 \(http\) to 8080 of its pods, which refuse it; they declare 9000 \(http\)$/,
      severity: 'error',
      confidence: 'likely',
      tells: [
        /^10.244.0.21:8080 refused the connection$/,
        /^kubectl patch service web --type=json -p '.*"value":80},.*"path":"\/spec\/ports\/0\/targetPort","value":9000}\]' -n shop$/,
      ],
    },
    {
      name: 'their readiness probe is answered on another',
      facts: toService({
        ...down,
        evidence: { destinationPods: containers({ readinessProbe: { httpGet: { port: 9000 } } }) },
      }),
      summary: /their readiness probe is answered on 9000$/,
      confidence: 'likely',
      tells: [/no container declares 9000: it may be a port for health checks alone/],
    },
    {
      name: 'the same number over UDP',
      facts: toService({
        ...down,
        evidence: { destinationPods: declares({ containerPort: 8080, protocol: 'UDP' }) },
      }),
      summary: /leads 80 \(http\) to 8080\/TCP of its pods, which refuse it; they declare 8080\/UDP$/,
      tells: [/"path":"\/spec\/ports\/0\/protocol","value":"UDP"/],
    },
    {
      name: 'several that it may be: nothing is patched',
      facts: toService({
        ...down,
        evidence: { destinationPods: declares({ containerPort: 9000 }, { containerPort: 9001 }) },
      }),
      summary: /they declare 9000 and 9001$/,
      tells: [/^$/],
    },
    {
      name: 'a headless Service does not turn one port into another',
      facts: headless,
      summary:
        /^svc\/web.shop is headless: its name leads straight to the pods, which listen on 8080, and nothing turns 80 into that: clients have to ask for 8080$/,
      confidence: 'certain',
    },
  ],
  silent: [
    { name: 'they declare the very port: the app is down', facts: toService(down) },
    {
      name: 'they declare nothing',
      facts: toService({ ...down, evidence: { destinationPods: containers({}) } }),
    },
    {
      name: 'one of the two answers',
      facts: toService({
        observations: [
          ...down.observations,
          endpointConnect(ENDPOINTS[0], { kind: 'open' }),
          endpointGet(ENDPOINTS[0], REFUSED_GET),
        ].filter(({ id }, index, all) => all.findLastIndex((one) => one.id === id) === index),
        evidence: { destinationPods: declares({ containerPort: 9000 }) },
      }),
    },
    {
      name: 'none is ready: what they listen on is not what keeps traffic away',
      facts: toService({
        ...down,
        evidence: {
          destinationPods: declares({ name: 'http', containerPort: 9000 }),
          destinationEndpointSlices: known([
            webSlice(ENDPOINTS.map((address) => ({ address, ready: false }))),
          ]),
        },
      }),
    },
  ],
};
