import type { Observation } from '../../../probes/index.ts';
import {
  appProxy,
  connect,
  DEAD_INTERNET,
  facts,
  fetchUrl,
  http,
  httpTimedOut,
  pod,
  type RuleCases,
  responded,
} from '../build.ts';
import { frontGet, toService, toWeb } from '../to-destination.ts';

const SHIELDED = pod({
  spec: {
    containers: [
      {
        name: 'app',
        env: [
          { name: 'HTTPS_PROXY', value: '10.0.0.9:3128' },
          { name: 'NO_PROXY', value: '.svc' },
        ],
      },
    ],
  },
});
const TIMED_OUT = httpTimedOut('connect');
const withProxy = (env: Readonly<Record<string, string>>) =>
  pod({
    spec: {
      containers: [{ name: 'app', env: Object.entries(env).map(([name, value]) => ({ name, value })) }],
    },
  });
const PROXIED = withProxy({ HTTP_PROXY: '10.0.0.9:3128', NO_PROXY: 'localhost,10.0.0.0/8' });
const THROUGH = (outcome: Parameters<typeof appProxy>[0]): Observation =>
  appProxy(outcome, { url: 'http://web/' });
const REFUSED_BY_IT = {
  kind: 'proxy-failed',
  why: 'refused',
  status: 403,
  phases: { total: 9 },
} as const;

/** The user named addresses: no site was asked directly. */
const onlyAddresses = (observations: readonly Observation[]) => {
  const given = facts({ pod: SHIELDED, internetMode: 'custom' });
  return {
    ...given,
    observations: [...given.observations.filter(({ purpose }) => purpose !== 'internet'), ...observations],
  };
};

export const cases: RuleCases = {
  fires: [
    {
      name: 'the proxy is dead, the direct way works',
      facts: facts({ pod: SHIELDED, observations: [appProxy(TIMED_OUT)] }),
      summary:
        /^The direct way out works, and the proxy 10.0.0.9:3128 that the app is likely to use \(HTTPS_PROXY of container app\) does not: no answer in time$/,
      severity: 'warning',
      confidence: 'likely',
      about: '10.0.0.9:3128',
      tells: [
        /^https:..example.com. directly: HTTP 200$/,
        /^curl -v -x http:..10.0.0.9:3128 https:..example.com.$/,
      ],
    },
    {
      name: 'the proxy refuses the request',
      facts: facts({ pod: SHIELDED, observations: [appProxy(REFUSED_BY_IT)] }),
      summary: /it refused the request \(HTTP 403\)$/,
    },
    {
      name: 'the proxy answers in place of a plain site: it wants to know who asks',
      facts: facts({
        pod: SHIELDED,
        observations: [
          appProxy(responded(407), { url: 'http://example.com/' }),
          fetchUrl('http://example.com/', responded()),
        ],
        internetMode: 'custom',
      }),
      summary: /does not: HTTP 407$/,
    },
    {
      name: 'its name does not resolve; an address was named as the target, which answers',
      facts: onlyAddresses([appProxy(http('name-failure')), connect('192.0.2.7', { kind: 'open' })]),
      summary: /does not: its name does not resolve$/,
      tells: [/^directly: 192.0.2.7:443 accepts connections$/],
    },
    {
      name: 'an address was named as the target, which does not answer; the proxy works',
      facts: onlyAddresses([appProxy(responded()), connect('192.0.2.7', { kind: 'timed-out' })]),
      summary: /^The direct way out is closed/,
    },
    {
      name: 'the direct way is closed, the proxy works',
      facts: facts({ pod: SHIELDED, observations: [appProxy(responded()), ...DEAD_INTERNET] }),
      summary:
        /^The direct way out is closed, and the proxy 10.0.0.9:3128 .* works: an app that uses it gets out$/,
      severity: 'warning',
    },
    {
      name: 'a Service: NO_PROXY does not cover it, and the proxy does not get there',
      facts: toService({ pod: PROXIED, observations: [THROUGH(TIMED_OUT)] }),
      summary:
        /^http:..web. is reached directly, and an app in container app is likely to ask the proxy 10.0.0.9:3128 for it \(HTTP_PROXY, and NO_PROXY does not cover web\), which fails: no answer in time$/,
      severity: 'warning',
      confidence: 'likely',
      about: '10.0.0.9:3128',
      tells: [
        /^NO_PROXY of container app is "localhost,10.0.0.0.8", and has nothing that covers web$/,
        /compared as the app writes them/,
        /value: "localhost,10.0.0.0.8,.svc,.cluster.local,web"$/,
      ],
    },
    {
      name: 'a Service: no NO_PROXY, and the proxy, which wants a user name, was not asked',
      facts: toService({ pod: withProxy({ HTTP_PROXY: 'http://(removed)@10.0.0.9:3128' }) }),
      summary: /\(HTTP_PROXY, and no NO_PROXY is set\)$/,
      confidence: 'possible',
    },
    {
      name: 'a Service that only the proxy reaches',
      facts: toService({
        pod: PROXIED,
        observations: [THROUGH(responded()), frontGet(httpTimedOut('connect'))],
      }),
      summary: /^http:..web. is not reached directly, and .* which works$/,
    },
  ],
  silent: [
    {
      name: 'a Service, with both ways',
      facts: toService({ pod: PROXIED, observations: [THROUGH(responded())] }),
    },
    {
      name: 'a Service that NO_PROXY covers',
      facts: toService({
        pod: withProxy({ HTTP_PROXY: '10.0.0.9:3128', NO_PROXY: 'localhost,web' }),
        observations: [THROUGH(TIMED_OUT)],
      }),
    },
    {
      name: 'a Service by its longer name, which .svc covers',
      facts: toService({
        pod: withProxy({ HTTP_PROXY: '10.0.0.9:3128', NO_PROXY: '.svc' }),
        destination: { ...toWeb, host: 'web.shop.svc' },
        observations: [frontGet(responded(), { url: 'http://web.shop.svc/' }), THROUGH(TIMED_OUT)],
      }),
    },
    {
      name: 'a Service, and the proxy is for https',
      facts: toService({
        pod: withProxy({ HTTPS_PROXY: '10.0.0.9:3128' }),
        observations: [THROUGH(TIMED_OUT)],
      }),
    },
    {
      name: 'a Service that neither way reaches',
      facts: toService({
        pod: PROXIED,
        observations: [THROUGH(TIMED_OUT), frontGet(httpTimedOut('connect'))],
      }),
    },
    { name: 'a healthy pod', facts: facts() },
    { name: 'both work', facts: facts({ pod: SHIELDED, observations: [appProxy(responded())] }) },
    {
      name: 'neither works: the way out is told, and what it says of the proxy is not known',
      facts: facts({ pod: SHIELDED, observations: [appProxy(TIMED_OUT), ...DEAD_INTERNET] }),
    },
    {
      name: 'the site itself fails, directly as through the proxy; another site answers',
      facts: facts({
        pod: SHIELDED,
        observations: [appProxy(REFUSED_BY_IT), fetchUrl('https://example.com/', TIMED_OUT)],
      }),
    },
    {
      name: 'the site fails directly and another answers: an outage, or a filter, of its own',
      facts: facts({
        pod: SHIELDED,
        observations: [appProxy(responded()), fetchUrl('https://example.com/', TIMED_OUT)],
      }),
    },
    {
      name: 'the answer began and did not end',
      facts: facts({ pod: SHIELDED, observations: [appProxy(httpTimedOut('transfer'))] }),
    },
    {
      name: 'the way through it was not measured',
      facts: facts({ pod: SHIELDED, observations: [appProxy(TIMED_OUT)], lost: ['http-get/app-proxy/0'] }),
    },
    {
      name: 'the direct way was not measured',
      facts: facts({
        pod: SHIELDED,
        observations: [appProxy(TIMED_OUT)],
        lost: ['http-get/https://example.com/'],
      }),
    },
  ],
};
