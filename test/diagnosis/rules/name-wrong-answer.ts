import {
  allNames,
  answer,
  clusterNames,
  externalNames,
  facts,
  lookup,
  pod,
  type RuleCases,
  resolvConf,
} from '../build.ts';

const ABSOLUTE = 'kubernetes.default.svc.cluster.local.';
const unread = { state: 'not-asked' } as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'the name of the cluster has another address than its Service',
      facts: facts({ observations: clusterNames(answer(ABSOLUTE, '198.51.100.1')) }),
      summary: /^DNS \(10.96.0.10\) gives a wrong address for the cluster's own names/,
      severity: 'error',
      about: 'cluster-name',
      tells: [/198.51.100.1, not 10.96.0.1/],
    },
    {
      name: 'one address for every name: a captive network',
      facts: facts({ observations: allNames(answer('x', '203.0.113.99')) }),
      summary: /wrong address/,
      about: 'cluster-name',
    },
    {
      name: 'names outside lead nowhere',
      facts: facts({ observations: externalNames(answer('x', '0.0.0.0')) }),
      summary: /names outside the cluster/,
      about: 'external-name',
      tells: [/0.0.0.0, which leads nowhere/],
    },
    {
      name: 'one answer is right and one is wrong, for the same name',
      facts: facts({ observations: [lookup(ABSOLUTE, answer(ABSOLUTE, '198.51.100.1'))] }),
      summary: /Some lookups fail while others are answered/,
      severity: 'warning',
      about: 'intermittent',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'names outside resolve to private addresses: split DNS',
      facts: facts({ observations: externalNames(answer('x', '10.1.2.3')) }),
    },
    {
      name: 'one of two names outside is blocked where the cluster stands',
      facts: facts({ observations: [lookup('example.com.', answer('x', '127.0.0.1'))] }),
    },
    {
      name: 'the address of svc/kubernetes is not known',
      facts: facts({
        observations: clusterNames(answer(ABSOLUTE, '198.51.100.1')),
        evidence: { apiService: unread },
      }),
    },
    {
      name: "the pod does not use the cluster's DNS, and its own has a wildcard",
      facts: facts({
        observations: [...clusterNames(answer(ABSOLUTE, '203.0.113.99')), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
    },
    {
      name: 'another cluster domain, and upstream a wildcard for cluster.local',
      facts: facts({
        observations: [
          lookup(ABSOLUTE, answer(ABSOLUTE, '203.0.113.99')),
          lookup('kubernetes.default.svc', answer('kubernetes.default.svc.k8s.corp', '10.96.0.1')),
        ],
      }),
    },
  ],
};
