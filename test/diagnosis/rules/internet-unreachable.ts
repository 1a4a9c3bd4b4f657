import {
  allNames,
  answer,
  api,
  clusterNames,
  connect,
  DEAD_INTERNET,
  facts,
  http,
  httpTimedOut,
  internet,
  known,
  NXDOMAIN,
  ping,
  type RuleCases,
  SERVFAIL,
  TIMED_OUT,
} from '../build.ts';
import { reference } from '../to-destination.ts';
import {
  clusterApi,
  hostConnect,
  hostGet,
  hostNames,
  TIMED_OUT as NOTHING,
  otherPort,
  SILENT,
  toAddress,
  toExample,
  toOutside,
  WAY_OUT_DEAD,
  world,
} from '../to-outside.ts';

const ADDRESS = '203.0.113.10';
const NO_NAME = [
  hostConnect({ kind: 'name-failure' }),
  hostGet(http('name-failure')),
  otherPort({ kind: 'name-failure' }),
];

export const cases: RuleCases = {
  fires: [
    {
      name: 'every target is silent, the cluster answers',
      facts: facts({ observations: DEAD_INTERNET }),
      summary: /^The internet cannot be reached from this pod \(1.1.1.1:443, 8.8.8.8:443/,
      severity: 'error',
      confidence: 'likely',
      tells: [/no NetworkPolicy selects/, /^kubectl get nodes -o wide$/],
    },
    {
      name: 'a policy denies it: a finding of its own tells so',
      facts: facts({
        observations: DEAD_INTERNET,
        evidence: {
          networkPolicies: known([
            {
              metadata: { name: 'default-deny', namespace: 'shop' },
              spec: { podSelector: {}, policyTypes: ['Egress'] },
            },
          ]),
        },
      }),
      summary: /cannot be reached/,
      confidence: 'likely',
    },
    {
      name: 'ping is not permitted',
      facts: facts({ observations: [...DEAD_INTERNET, ping('internet', { kind: 'not-permitted' })] }),
      summary: /cannot be reached/,
    },
    {
      name: 'the API is silent, and cluster names resolve to its address',
      facts: facts({
        observations: [...api({ kind: 'timed-out' }, httpTimedOut('connect')), ...DEAD_INTERNET],
      }),
      summary: /cannot be reached from this pod .*, while the cluster can$/,
    },
    {
      name: 'a host outside, and all that it is compared with',
      facts: toOutside({ observations: WAY_OUT_DEAD }),
      summary: /^The internet cannot be reached from this pod \(example.com:443, example.com:80, 1.1.1.1:443/,
      severity: 'error',
      confidence: 'likely',
      tells: [/masquerade/],
    },
    {
      name: 'an address outside: that the cluster works is told by its API alone',
      facts: toOutside({
        destination: toAddress,
        observations: [
          hostConnect(NOTHING, 443, ADDRESS),
          hostGet(SILENT, `https://${ADDRESS}/`),
          reference(ADDRESS, 80, NOTHING),
          ...world(NOTHING),
        ],
        without: ['cluster-name'],
      }),
      summary: /^The internet cannot be reached from this pod \(203.0.113.10:443/,
    },
    {
      name: 'a host outside whose name does not resolve, as the way out is dead for DNS too',
      facts: toOutside({ observations: [...hostNames(SERVFAIL), ...NO_NAME, ...world(NOTHING)] }),
      summary: /^The internet cannot be reached from this pod \(1.1.1.1:443/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'a host outside that answers', facts: toOutside() },
    {
      name: 'a host outside that is silent, while others answer',
      facts: toOutside({ observations: [hostConnect(NOTHING), hostGet(SILENT), otherPort(NOTHING)] }),
    },
    {
      name: 'a host outside that answers, while all others are silent: a closed network',
      facts: toOutside({ observations: world(NOTHING) }),
    },
    {
      name: 'a host outside that refuses another port, while all others are silent',
      facts: toOutside({ observations: [...WAY_OUT_DEAD, otherPort({ kind: 'refused' })] }),
    },
    {
      name: 'no other host was asked: --no-internet',
      facts: toOutside({ observations: WAY_OUT_DEAD, lost: [], without: ['destination-reference'] }),
    },
    {
      name: 'the name of the host does not exist, and DNS outside says so',
      facts: toOutside({ observations: [...hostNames(NXDOMAIN), ...NO_NAME, ...world(NOTHING)] }),
    },
    {
      name: 'the cluster does not answer either, of an address',
      facts: toOutside({
        destination: toAddress,
        observations: [
          hostConnect(NOTHING, 443, ADDRESS),
          hostGet(SILENT, `https://${ADDRESS}/`),
          reference(ADDRESS, 80, NOTHING),
          ...world(NOTHING),
          clusterApi(NOTHING),
        ],
        without: ['cluster-name'],
      }),
    },
    {
      name: 'a host of a private network',
      facts: toOutside({
        destination: { ...toExample, host: 'example.com' },
        observations: [...hostNames(answer('example.com.', '10.0.0.7')), ...WAY_OUT_DEAD],
      }),
    },
    {
      name: 'one target answers',
      facts: facts({ observations: [...DEAD_INTERNET.slice(1), connect('1.1.1.1', { kind: 'open' })] }),
    },
    {
      name: 'ping comes back: a port is filtered',
      facts: facts({ observations: internet({ kind: 'timed-out' }, httpTimedOut('connect')) }),
    },
    {
      name: 'the cluster does not answer either',
      facts: facts({
        observations: [
          ...allNames(TIMED_OUT),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
        ],
      }),
    },
    {
      name: 'the API is silent too, and cluster names lead to a wrong address: the cluster does not answer',
      facts: facts({
        observations: [
          ...clusterNames(answer('kubernetes.default.svc.cluster.local', '203.0.113.99')),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
        ],
      }),
    },
    {
      name: 'no ping comes back, connections do',
      facts: facts({ observations: [ping('internet', { kind: 'no-reply', sent: 3 })] }),
    },
    {
      name: 'a target was not measured',
      facts: facts({ observations: DEAD_INTERNET, lost: ['tcp-connect/8.8.8.8:443'] }),
    },
  ],
};
