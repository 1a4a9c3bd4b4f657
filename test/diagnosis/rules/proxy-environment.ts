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
  ],
  silent: [
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
