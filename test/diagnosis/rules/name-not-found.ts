import type { Observation } from '../../../probes/index.ts';
import {
  clusterNames,
  externalNames,
  facts,
  lookup,
  NO_DATA,
  NXDOMAIN,
  pod,
  type RuleCases,
  resolvConf,
} from '../build.ts';

const withoutSearch: Observation = {
  id: 'resolv-conf',
  probe: 'resolv-conf',
  purpose: 'resolver-config',
  question: {},
  outcome: {
    kind: 'resolv-conf',
    nameservers: ['10.96.0.10'],
    search: [],
    options: { ndots: 1, timeout: 5, attempts: 2 },
  },
};

export const cases: RuleCases = {
  fires: [
    {
      name: 'names outside do not exist',
      facts: facts({ observations: externalNames(NXDOMAIN) }),
      summary: /does not know example.com and aliyun.com$/,
      severity: 'error',
      about: 'external-name',
      tells: [/^nslookup example.com.$/],
    },
    {
      name: 'the cluster does not know its own name; the search names that were tried are told',
      facts: facts({ observations: clusterNames(NXDOMAIN) }),
      summary: /does not know kubernetes.default.svc.cluster.local and kubernetes.default.svc/,
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
    {
      name: 'the full name is answered, the search list does not find the short one',
      facts: facts({ observations: [lookup('kubernetes.default.svc', NXDOMAIN)] }),
      summary: /^Short names of Services do not resolve/,
      severity: 'warning',
      about: 'search-list',
      tells: [/^search list: shop.svc.cluster.local svc.cluster.local cluster.local; ndots 5$/],
    },
    {
      name: 'resolv.conf has no domain of Services, which ClusterFirst should have written',
      facts: facts({
        observations: [lookup('kubernetes.default.svc', NXDOMAIN), withoutSearch],
      }),
      summary: /^Short names of Services do not resolve/,
      severity: 'error',
      about: 'search-list',
    },
    {
      name: 'dnsPolicy None with the nameserver of the cluster must know its names',
      facts: facts({
        observations: clusterNames(NXDOMAIN),
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } } }),
      }),
      summary: /does not know/,
      severity: 'error',
      about: 'cluster-name',
    },
  ],
  silent: [
    {
      name: 'dnsPolicy Default, and the DNS of the node knows the full name',
      facts: facts({
        observations: [lookup('kubernetes.default.svc', NXDOMAIN), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
    },
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
      facts: facts({
        observations: [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
    },
  ],
};
