import {
  allNames,
  answer,
  facts,
  lookup,
  pod,
  type RuleCases,
  resolvConf,
  SERVFAIL,
  TIMED_OUT,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'for every name',
      facts: facts({ observations: allNames(SERVFAIL) }),
      summary: /^10.96.0.10 answers SERVFAIL for any name/,
      severity: 'error',
    },
    {
      name: 'one name times out and one is SERVFAIL: the answer tells more',
      facts: facts({ observations: [lookup('example.com.', TIMED_OUT), lookup('aliyun.com.', SERVFAIL)] }),
      summary: /SERVFAIL for names outside/,
      about: 'external-name',
      tells: [/^example.com.: no answer in time$/],
    },
    {
      name: 'one form of the name fails, the other is answered',
      facts: facts({ observations: [lookup('kubernetes.default.svc.cluster.local.', SERVFAIL)] }),
      summary: /^Some lookups fail while others are answered/,
      severity: 'warning',
      about: 'intermittent',
    },
    {
      name: 'the search list was lost, and resolv.conf tells that the domain is cluster.local',
      facts: facts({
        observations: [lookup('kubernetes.default.svc.cluster.local.', SERVFAIL)],
        lost: ['dns-lookup/kubernetes.default.svc'],
      }),
      summary: /SERVFAIL for the cluster's own names/,
      severity: 'error',
    },
    {
      name: "the pod's own nameserver: whose it is",
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.168.0.53'] } } }),
        observations: [
          ...allNames({ kind: 'server-failure', server: '192.168.0.53', failedServers: [] }),
          resolvConf(['192.168.0.53']),
        ],
      }),
      summary:
        /^192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) answers SERVFAIL for any name$/,
      tells: [/dnsConfig}'$/, /^nslookup -timeout=2 example.com. 192.168.0.53$/],
    },
  ],
  silent: [
    {
      name: 'the domain of the cluster may be another, whose name was not measured',
      facts: facts({
        observations: [lookup('kubernetes.default.svc.cluster.local.', SERVFAIL)],
        lost: ['dns-lookup/kubernetes.default.svc', 'resolv-conf'],
      }),
    },
    {
      name: 'another cluster domain: the upstream servers fail for cluster.local',
      facts: facts({
        observations: [
          lookup('kubernetes.default.svc.cluster.local.', SERVFAIL),
          lookup('kubernetes.default.svc', answer('kubernetes.default.svc.k8s.corp', '10.96.0.1')),
        ],
      }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'one of two sites is broken',
      facts: facts({ observations: [lookup('example.com.', SERVFAIL)] }),
    },
    {
      name: 'the other site was not measured',
      facts: facts({ observations: [lookup('example.com.', SERVFAIL)], lost: ['dns-lookup/aliyun.com.'] }),
    },
  ],
};
