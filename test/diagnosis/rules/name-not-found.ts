import {
  clusterNames,
  externalNames,
  facts,
  lookup,
  NO_DATA,
  NXDOMAIN,
  pod,
  type RuleCases,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'names outside do not exist',
      facts: facts({ observations: externalNames(NXDOMAIN) }),
      summary: /does not know example.com. and aliyun.com./,
      severity: 'error',
      about: 'external-name',
      tells: [/^nslookup example.com.$/],
    },
    {
      name: 'the cluster does not know its own name; the search names that were tried are told',
      facts: facts({ observations: clusterNames(NXDOMAIN) }),
      summary: /does not know kubernetes.default.svc.cluster.local. and kubernetes.default.svc/,
      about: 'cluster-name',
      tells: [
        /^kubernetes.default.svc: no such name \(NXDOMAIN\); tried with shop.svc.cluster.local, svc.cluster.local and cluster.local$/,
      ],
    },
    {
      name: 'names without addresses',
      facts: facts({ observations: externalNames(NO_DATA) }),
      summary: /has no address for/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'another cluster domain: the absolute name does not exist, the search path finds it',
      facts: facts({ observations: [lookup('kubernetes.default.svc.cluster.local.', NXDOMAIN)] }),
    },
    {
      name: 'the other form was not measured',
      facts: facts({
        observations: [lookup('kubernetes.default.svc.cluster.local.', NXDOMAIN)],
        lost: ['dns-lookup/kubernetes.default.svc'],
      }),
    },
    {
      name: 'dnsPolicy Default',
      facts: facts({ observations: clusterNames(NXDOMAIN), pod: pod({ spec: { dnsPolicy: 'Default' } }) }),
    },
  ],
};
