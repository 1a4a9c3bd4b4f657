import { dnsPod, known, pod, type RuleCases } from '../build.ts';
import {
  allPorts,
  ENDPOINTS,
  endpointConnect,
  endpointGet,
  REFUSED_GET,
  SILENT_GET,
  toService,
  webService,
  webSlice,
} from '../to-destination.ts';

const silent = allPorts({ kind: 'timed-out' }, SILENT_GET);
const [first, second] = ENDPOINTS;
const proxy = dnsPod('kube-proxy-abcde');
const owned = {
  ...proxy,
  metadata: { ...proxy.metadata, ownerReferences: [{ kind: 'DaemonSet', name: 'kube-proxy' }] },
};
const itself = pod({ status: { podIP: first, podIPs: [{ ip: first }] } });

export const cases: RuleCases = {
  fires: [
    {
      name: 'the address is silent, both endpoints answer',
      facts: toService({ observations: silent.front, evidence: { kubeProxyPods: known([]) } }),
      summary:
        /^The address of svc\/web.shop leads nowhere \(10.96.7.7:80 timed out\), while its 2 endpoints answer directly/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^10.244.0.21:8080 accepts connections$/, /there are no kube-proxy pods/],
    },
    {
      name: 'it refuses: the node takes it for a Service without endpoints',
      facts: toService({
        observations: allPorts({ kind: 'refused' }, REFUSED_GET).front,
        evidence: { kubeProxyPods: known([owned]) },
      }),
      summary: /leads nowhere \(10.96.7.7:80 refused the connection\)/,
      tells: [
        /kube-proxy on node-1 \(pod kube-proxy-abcde\) is ready/,
        /^kubectl delete pod kube-proxy-abcde -n kube-system$/,
      ],
    },
    {
      name: 'kube-system may not be looked at',
      facts: toService({
        observations: silent.front,
        evidence: {
          kubeProxyPods: {
            state: 'forbidden',
            right: { verb: 'list', group: '', resource: 'pods', namespace: 'kube-system' },
          },
        },
      }),
      summary: /leads nowhere/,
      tells: [/not permitted to list the pods of kube-system/],
    },
    {
      name: 'the pod asks itself through its own Service',
      facts: toService({
        observations: silent.front,
        pod: itself,
        evidence: { destinationEndpointSlices: known([webSlice([{ address: first }])]) },
      }),
      summary: /^The pod reaches itself directly, and not through svc\/web.shop .*\(hairpin\)$/,
    },
  ],
  silent: [
    {
      name: 'the endpoints are silent too',
      facts: toService({
        observations: [...silent.front, ...silent.endpoints],
        evidence: { kubeProxyPods: known([]) },
      }),
    },
    {
      name: 'one endpoint fails in the same way: it may be that one that was hit',
      facts: toService({
        observations: [
          ...silent.front,
          endpointConnect(second, { kind: 'timed-out' }),
          endpointGet(second, SILENT_GET),
        ],
      }),
    },
    {
      name: 'traffic policy Local, and no endpoint on this node',
      facts: toService({
        observations: silent.front,
        evidence: {
          kubeProxyPods: known([]),
          destinationService: known(webService({ internalTrafficPolicy: 'Local' })),
          destinationEndpointSlices: known([
            webSlice(ENDPOINTS.map((address) => ({ address, node: 'node-2' }))),
          ]),
        },
      }),
    },
    {
      name: 'endpoints that answer and are not ready',
      facts: toService({
        observations: silent.front,
        evidence: {
          kubeProxyPods: known([]),
          destinationEndpointSlices: known([
            webSlice(ENDPOINTS.map((address) => ({ address, ready: false }))),
          ]),
        },
      }),
    },
    {
      name: 'a headless Service has no address',
      facts: toService({
        observations: silent.front,
        evidence: {
          kubeProxyPods: known([]),
          destinationService: known(webService({ clusterIP: 'None', clusterIPs: ['None'] })),
        },
      }),
    },
  ],
};
