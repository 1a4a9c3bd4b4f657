import type { OutcomeOf } from '../../../probes/index.ts';
import { pod, type RuleCases, responded } from '../build.ts';
import { frontGet, toService } from '../to-destination.ts';

const answered = (
  status: number,
  more: Partial<Extract<OutcomeOf<'http-get'>, { kind: 'responded' }>> = {},
): OutcomeOf<'http-get'> => ({ kind: 'responded', status, phases: { connect: 2, total: 9 }, ...more });
const reset = (reason: string, more: Parameters<typeof answered>[1] = {}) =>
  answered(503, {
    server: 'envoy',
    bodyStart: `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`,
    ...more,
  });
const asked = (outcome: OutcomeOf<'http-get'>) => toService({ observations: [frontGet(outcome)] });
const TOOK = { 'x-envoy-upstream-service-time': '3' };
const MESHED = pod({ spec: { containers: [{ name: 'app' }, { name: 'istio-proxy' }] } });
const meshed = (outcome: OutcomeOf<'http-get'>) =>
  toService({ pod: MESHED, observations: [frontGet(outcome)] });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a proxy before the destination cannot connect',
      facts: asked(reset('connection failure')),
      summary:
        /^Envoy, which stands before http:..web., answers in place of the app, with HTTP 503: it could not connect to the upstream \(UF\)$/,
      about: 'destination',
      severity: 'error',
      confidence: 'certain',
      tells: [
        /^it says: upstream connect error/,
        /^server: envoy$/,
        /^kubectl describe service web -n shop$/,
      ],
    },
    {
      name: 'the sidecar of the pod cannot connect',
      facts: meshed(reset('connection timeout')),
      summary:
        /^istio-proxy in this pod answers in place of the app, .*did not answer its connection in time \(UF\)$/,
      tells: [/^kubectl logs client -c istio-proxy --tail=50 -n shop$/],
    },
    {
      name: 'the sidecar passes on what that of the destination said',
      facts: meshed(reset('connection failure', { headers: TOOK })),
      summary: /^Envoy, which stands before http:..web.,/,
    },
    {
      name: 'a policy of the mesh lets nobody in: that is no answer of the app, whatever the status',
      facts: asked(answered(403, { server: 'istio-envoy', bodyStart: 'RBAC: access denied' })),
      summary: /with HTTP 403: an authorization policy of the mesh does not let this client in$/,
      severity: 'error',
      confidence: 'certain',
    },
    {
      name: 'Linkerd says so in a header',
      facts: asked(answered(403, { headers: { 'l5d-proxy-error': 'client unauthorized' } })),
      summary: /a policy of the mesh does not let this client in$/,
    },
    {
      name: 'the reason is refusal',
      facts: asked(
        reset(
          'remote connection failure, transport failure reason: delayed connect error: Connection refused',
        ),
      ),
      summary: /the upstream refused its connection \(UF\)$/,
    },
    {
      name: 'mutual TLS on one side only',
      facts: asked(
        reset(
          'connection failure, transport failure reason: TLS error: 268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER',
        ),
      ),
      summary: /one side expects mutual TLS and the other does not/,
    },
    { name: 'it closed', facts: asked(reset('connection termination')), summary: /\(UC\)$/ },
    { name: 'circuit breaker', facts: asked(reset('overflow')), summary: /circuit breaker\) \(UO\)$/ },
    {
      name: 'another reason',
      facts: asked(reset('something new')),
      summary: /it lost the upstream before an answer came$/,
    },
    {
      name: 'at each try',
      facts: asked(
        answered(503, {
          server: 'envoy',
          bodyStart:
            'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: connection failure',
        }),
      ),
      summary: /could not connect to the upstream, at each try \(URX\)$/,
    },
    {
      name: 'no healthy endpoint',
      facts: asked(answered(503, { server: 'envoy', bodyStart: 'no healthy upstream' })),
      summary: /\(UH\)$/,
    },
    {
      name: 'too slow',
      facts: asked(answered(504, { server: 'envoy', bodyStart: 'upstream request timeout' })),
      summary: /with HTTP 504: the upstream took longer to answer than it waits \(UT\)$/,
    },
    {
      name: 'faults on purpose',
      facts: asked(answered(503, { server: 'envoy', bodyStart: 'fault filter abort' })),
      summary: /fault injection\) \(FI\)$/,
    },
    {
      name: 'without a word: only possible',
      facts: asked(answered(503, { server: 'envoy' })),
      summary: /did not say why/,
      confidence: 'possible',
    },
    {
      name: 'Linkerd',
      facts: asked(
        answered(503, {
          headers: { 'l5d-proxy-error': 'HTTP Logical service web.shop:80: service in fail-fast' },
        }),
      ),
      summary: /^Linkerd, which stands before .* it knows no endpoint that is available$/,
      tells: [/^it says: HTTP Logical service/],
    },
    {
      name: 'Linkerd, in other words',
      facts: asked(answered(502, { headers: { 'l5d-proxy-error': 'something new' } })),
      summary: /it reports: something new$/,
    },
  ],
  silent: [
    { name: 'served', facts: toService() },
    { name: 'no proxy says anything', facts: asked(responded(503)) },
    {
      name: 'the app said so, and the proxy passed it on',
      facts: asked(
        answered(503, { server: 'istio-envoy', headers: TOOK, bodyStart: 'down for maintenance' }),
      ),
    },
    {
      name: 'the app said so without a word',
      facts: asked(answered(503, { server: 'istio-envoy', headers: TOOK })),
    },
    {
      name: 'the app has a page of its own',
      facts: asked(answered(500, { server: 'envoy', bodyStart: '<html>' })),
    },
    { name: 'served by a proxy', facts: asked(answered(200, { server: 'envoy', headers: TOOK })) },
    { name: 'declined by a proxy', facts: asked(answered(404, { server: 'envoy' })) },
  ],
};
