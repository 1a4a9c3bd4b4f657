import {
  allNames,
  clusterNames,
  externalNames,
  facts,
  lookup,
  NXDOMAIN,
  PORT_REFUSED,
  pod,
  REFUSED,
  type RuleCases,
  resolvConf,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'for every name',
      facts: facts({ observations: allNames(REFUSED) }),
      summary: /refuses the query \(REFUSED\) for any name/,
      severity: 'error',
    },
    {
      name: 'one form of the name is refused, the other answered',
      facts: facts({ observations: [lookup('kubernetes.default.svc', REFUSED)] }),
      summary: /^Some lookups fail while others are answered: kubernetes.default.svc: REFUSED/,
      severity: 'warning',
      about: 'intermittent',
    },
    {
      name: 'dnsPolicy Default, and everything is refused',
      facts: facts({
        observations: [...allNames(REFUSED), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
      summary: /for any name/,
      severity: 'error',
    },
    {
      name: "the pod's own nameserver: whose it is",
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.168.0.53'] } } }),
        observations: [
          ...allNames({ kind: 'query-refused', server: '192.168.0.53', failedServers: [] }),
          resolvConf(['192.168.0.53']),
        ],
      }),
      summary: /^192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) refuses the query/,
      tells: [/dnsConfig}'$/, /^nslookup -timeout=2 example.com. 192.168.0.53$/],
    },
  ],
  silent: [
    {
      name: 'dnsPolicy Default, other names are answered',
      facts: facts({
        observations: [...clusterNames(REFUSED), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
    },
    {
      name: 'names outside are broken otherwise',
      facts: facts({ observations: externalNames(PORT_REFUSED) }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'one form of the name does not exist, which is an answer',
      facts: facts({ observations: [lookup('kubernetes.default.svc', NXDOMAIN)] }),
    },
    { name: 'the port is refused, not the query', facts: facts({ observations: allNames(PORT_REFUSED) }) },
  ],
};
