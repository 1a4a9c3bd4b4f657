import {
  answer,
  api,
  apiConnect,
  apiGet,
  clusterNames,
  connect,
  DEAD_INTERNET,
  facts,
  httpTimedOut,
  internet,
  known,
  type RuleCases,
} from '../build.ts';
import { ENDPOINTS, endpointGet, SILENT_GET, toService, webSlice } from '../to-destination.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: api({ kind: 'timed-out' }, httpTimedOut('connect')) }),
      summary: /^The Kubernetes API at 10.96.0.1:443 timed out$/,
      confidence: 'likely',
      about: 'kubernetes-api',
    },
    {
      name: 'a policy selects the pod',
      facts: facts({
        observations: api({ kind: 'timed-out' }, httpTimedOut('connect')),
        evidence: {
          networkPolicies: known([
            {
              metadata: { name: 'default-deny', namespace: 'shop' },
              spec: { podSelector: {}, policyTypes: ['Egress'] },
            },
          ]),
        },
      }),
      summary: /timed out/,
      confidence: 'possible',
      tells: [/default-deny/],
    },
    {
      name: 'connections out time out while ping comes back: a port is filtered',
      facts: facts({ observations: internet({ kind: 'timed-out' }, httpTimedOut('connect')) }),
      summary: /^No internet target can be reached/,
      about: 'internet',
    },
    {
      name: 'curl is not in the image: nc has proven it',
      facts: facts({ observations: [apiConnect({ kind: 'timed-out' })], lost: ['http-get/kubernetes-api'] }),
      summary: /timed out/,
    },
    {
      name: 'the API is silent and cluster names lead to a wrong address: not even the cluster answers',
      facts: facts({
        observations: [
          ...clusterNames(answer('kubernetes.default.svc.cluster.local', '203.0.113.99')),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
        ],
      }),
      times: 2,
      summary: /^The Kubernetes API/,
    },
    {
      name: 'an endpoint takes one connection and not the next',
      facts: toService({ observations: [endpointGet(ENDPOINTS[1], SILENT_GET)] }),
      summary:
        /^pod.web-1 \(10.244.0.22, node-1\) of svc.web.shop takes one connection and not the next: http:..web. at 10.244.0.22:8080 timed out$/,
      about: 'intermittent',
      severity: 'error',
      confidence: 'likely',
      tells: [/^10.244.0.22:8080 accepts connections$/, /^kubectl logs web-1 --tail=50 -n shop$/],
    },
  ],
  silent: [
    {
      name: 'an endpoint that gets no traffic takes one connection and not the next',
      facts: toService({
        observations: [endpointGet(ENDPOINTS[1], SILENT_GET)],
        evidence: {
          destinationEndpointSlices: known([
            webSlice(ENDPOINTS.map((address, index) => ({ address, ready: index === 0 }))),
          ]),
        },
      }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'silence beside a refusal of the same server is refusal',
      facts: facts({ observations: api({ kind: 'refused' }, httpTimedOut('connect')) }),
    },
    {
      name: 'some targets outside time out',
      facts: facts({
        observations: [connect('1.1.1.1', { kind: 'timed-out' }), connect('8.8.8.8', { kind: 'timed-out' })],
      }),
    },
    {
      name: 'two targets time out, the third and the sites were not measured',
      facts: facts({
        observations: [connect('1.1.1.1', { kind: 'timed-out' }), connect('8.8.8.8', { kind: 'timed-out' })],
        lost: ['tcp-connect/223.5.5.5:443', 'http-get/https://example.com/', 'http-get/https://aliyun.com/'],
      }),
    },
    {
      name: 'the handshake times out, not the connection',
      facts: facts({ observations: [apiGet(httpTimedOut('tls'))] }),
    },
  ],
};
