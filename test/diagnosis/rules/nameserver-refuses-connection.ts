import {
  allNames,
  externalNames,
  facts,
  lookup,
  nameserver,
  PORT_REFUSED,
  pod,
  REFUSED,
  type RuleCases,
  resolvConf,
  TIMED_OUT,
} from '../build.ts';

const SILENT_CACHE = {
  kind: 'timed-out',
  failedServers: [{ server: '169.254.20.10', why: 'timed-out' }],
} as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'a Service without endpoints',
      facts: facts({ observations: allNames(PORT_REFUSED) }),
      summary: /^Port 53 of 10.96.0.10 refuses the connection, so no name resolves$/,
      severity: 'error',
    },
    {
      name: 'so many asked at once that the kernel told none of the UDP askers; TCP asked again and was told',
      facts: facts({ observations: [...allNames(TIMED_OUT), nameserver({ kind: 'refused' })] }),
      summary: /^Port 53 of 10.96.0.10 refuses the connection, so no name resolves$/,
    },
    {
      name: 'one lookup is refused beside others that are answered',
      facts: facts({ observations: [lookup('example.com.', PORT_REFUSED)] }),
      summary: /^Some lookups fail while others are answered: example.com.: port 53 refused$/,
      severity: 'warning',
      about: 'intermittent',
    },
    {
      name: "the pod's own nameserver: whose it is",
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.168.0.53'] } } }),
        observations: [
          ...allNames({
            kind: 'connection-refused',
            failedServers: [{ server: '192.168.0.53', why: 'connection-refused' }],
          }),
          resolvConf(['192.168.0.53']),
        ],
      }),
      summary:
        /^Port 53 of 192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) refuses the connection/,
      tells: [/dnsConfig}'$/, /^nslookup -timeout=2 example.com. 192.168.0.53$/],
    },
  ],
  silent: [
    {
      name: 'a cache on the node is silent, and the Service that it was not asked of refuses TCP',
      facts: facts({ observations: [...allNames(SILENT_CACHE), nameserver({ kind: 'refused' })] }),
    },
    {
      name: 'names outside are silent while the same server answers for the cluster',
      facts: facts({ observations: [...externalNames(TIMED_OUT), nameserver({ kind: 'refused' })] }),
    },
    {
      name: 'silence over UDP and TCP alike',
      facts: facts({ observations: [...allNames(TIMED_OUT), nameserver({ kind: 'timed-out' })] }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the server answers, and declines: rcode REFUSED',
      facts: facts({ observations: allNames(REFUSED) }),
    },
  ],
};
