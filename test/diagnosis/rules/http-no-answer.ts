import { apiGet, facts, httpTimedOut, type RuleCases } from '../build.ts';
import { ENDPOINTS, endpointGet, frontConnect, frontGet, toService } from '../to-destination.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: [apiGet(httpTimedOut('first-byte'))] }),
      summary: /no answer to the request/,
      about: 'kubernetes-api',
    },
    {
      name: 'a Service, and one of its two endpoints',
      facts: toService({
        observations: [
          frontGet(httpTimedOut('first-byte')),
          endpointGet(ENDPOINTS[0], httpTimedOut('first-byte')),
        ],
      }),
      summary: /^http:..web. accepts the connection, and answers nothing for 5.0 s$/,
      about: 'destination',
      severity: 'error',
      confidence: 'likely',
      tells: [
        /^pod.web-0 \(10.244.0.21, node-1\): no answer to the request$/,
        /^pod.web-1 \(10.244.0.22, node-1\): HTTP 200$/,
        /^could be: an app that hangs/,
        /^kubectl logs web-0 --tail=50 -n shop$/,
      ],
    },
    {
      name: 'through a mesh, which accepts every connection',
      facts: toService({
        observations: [
          frontConnect({ kind: 'did-not-run', reason: 'intercepted', detail: 'istio-proxy' }),
          frontGet(httpTimedOut('first-byte')),
        ],
      }),
      summary: /answers nothing/,
      about: 'destination',
      tells: [
        /^istio-proxy in the pod accepted the connection: whether the destination was reached is not known$/,
      ],
    },
  ],
  silent: [
    {
      name: 'a Service answers, and one endpoint of two does not: not what apps connect to',
      facts: toService({ observations: [endpointGet(ENDPOINTS[0], httpTimedOut('first-byte'))] }),
    },
    { name: 'a healthy pod', facts: facts() },
    { name: 'silence in the handshake', facts: facts({ observations: [apiGet(httpTimedOut('tls'))] }) },
  ],
};
