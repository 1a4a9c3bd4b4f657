import { apiGet, facts, fetchUrl, internet, type RuleCases, responded } from '../build.ts';
import { ENDPOINTS, endpointGet, frontGet, toService } from '../to-destination.ts';

const PAGE = { kind: 'responded', status: 302, phases: { tls: 5, total: 10 } } as const;

const SICK = {
  kind: 'responded',
  status: 500,
  phases: { total: 10 },
  server: 'gunicorn',
  bodyStart: 'no database\n',
} as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API answers 503',
      facts: facts({ observations: [apiGet(responded(503))] }),
      summary: /answered with HTTP 503/,
      about: 'kubernetes-api',
    },
    {
      name: 'every site outside is answered for by a proxy',
      facts: facts({ observations: internet({ kind: 'open' }, responded(503)) }),
      summary: /^No site outside gives an answer/,
      severity: 'warning',
      about: 'internet',
    },
    {
      name: 'every site outside leads to a portal',
      facts: facts({
        observations: internet({ kind: 'open' }, { ...PAGE, redirect: 'http://portal.example/login' }),
      }),
      summary: /redirected to another host \(portal.example\)/,
      severity: 'warning',
    },
    {
      name: 'a URL that the user named answers 500, another works',
      facts: facts({
        observations: [fetchUrl('https://aliyun.com/', responded(500))],
        internetMode: 'custom',
      }),
      summary: /answered with HTTP 500 \(https:..aliyun.com.\)$/,
      severity: 'error',
    },
    {
      name: 'a Service, and one of its two endpoints',
      facts: toService({ observations: [frontGet(SICK), endpointGet(ENDPOINTS[1], SICK)] }),
      summary: /^http:..web. answers with HTTP 500 Internal Server Error \(server: gunicorn\)$/,
      about: 'destination',
      severity: 'error',
      tells: [
        /^pod.web-0 \(10.244.0.21, node-1\): HTTP 200$/,
        /^pod.web-1 \(10.244.0.22, node-1\): answered with HTTP 500$/,
        /^it says: no database$/,
        /^kubectl logs web-1 --tail=50 -n shop$/,
      ],
    },
    {
      name: 'of a Service whose endpoints all serve: what stands in between says so',
      facts: toService({ observations: [frontGet(responded(503))] }),
      summary: /^http:..web. answers with HTTP 503 Service Unavailable$/,
      tells: [/^could be: a proxy or load balancer that answers for a server behind it$/],
    },
  ],
  silent: [
    {
      name: 'a Service that declines the request',
      facts: toService({ observations: [frontGet(responded(404))] }),
    },
    { name: 'a healthy pod', facts: facts() },
    { name: 'not authorised is an answer', facts: facts({ observations: [apiGet(responded(401))] }) },
    {
      name: 'one site outside answers 503, the other 200',
      facts: facts({ observations: [fetchUrl('https://aliyun.com/', responded(503))] }),
    },
    {
      name: 'a redirect within the site',
      facts: facts({
        observations: [
          fetchUrl('https://example.com/', responded(502)),
          fetchUrl('https://aliyun.com/', { ...PAGE, redirect: 'https://www.aliyun.com/' }),
        ],
      }),
    },
    {
      name: 'a URL that the user named leads to a login elsewhere',
      facts: facts({
        observations: internet({ kind: 'open' }, { ...PAGE, redirect: 'https://login.example/' }),
        internetMode: 'custom',
      }),
    },
  ],
};
