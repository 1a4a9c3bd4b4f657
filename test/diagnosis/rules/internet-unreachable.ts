import {
  allNames,
  answer,
  api,
  clusterNames,
  connect,
  DEAD_INTERNET,
  facts,
  httpTimedOut,
  internet,
  known,
  ping,
  type RuleCases,
  TIMED_OUT,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'every target is silent, the cluster answers',
      facts: facts({ observations: DEAD_INTERNET }),
      summary: /^The internet cannot be reached from this pod \(1.1.1.1:443, 8.8.8.8:443/,
      severity: 'error',
      confidence: 'likely',
      tells: [/no NetworkPolicy selects/, /^kubectl get networkpolicies -n shop$/],
    },
    {
      name: 'a policy selects the pod: only possible',
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
      confidence: 'possible',
      tells: [/may be the reason: default-deny/],
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
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
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
