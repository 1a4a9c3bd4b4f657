import {
  allNames,
  api,
  apiConnect,
  apiGet,
  clusterNames,
  facts,
  NO_WAY,
  ping,
  pod,
  type RuleCases,
  resolvConf,
  SERVER,
} from '../build.ts';

const asks = (nameserver: string) =>
  pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [nameserver] } } });

export const cases: RuleCases = {
  fires: [
    {
      name: 'no route to the Kubernetes API',
      facts: facts({
        observations: api(
          { kind: 'unreachable', which: 'host' },
          { kind: 'unreachable', which: 'host', phases: { total: 3 } },
        ),
      }),
      summary: /10.96.0.1:443 is unreachable \(host\)/,
      about: 'kubernetes-api',
    },
    {
      name: 'no way to the nameserver',
      facts: facts({ observations: allNames(NO_WAY) }),
      summary: /^There is no way to 10.96.0.10/,
      about: 'nameserver',
    },
    {
      name: "dnsPolicy None with the cluster's DNS server, and no way for cluster names",
      facts: facts({ observations: clusterNames(NO_WAY), pod: asks(SERVER) }),
      summary: /^There is no way to 10.96.0.10, so the cluster's own names do not resolve/,
      about: 'nameserver',
    },
    {
      name: 'the same, resolv.conf not read',
      facts: facts({ observations: clusterNames(NO_WAY), pod: asks(SERVER), lost: ['resolv-conf'] }),
      summary: /^There is no way to 10.96.0.10/,
      about: 'nameserver',
    },
    {
      name: "the node's own filter",
      facts: facts({
        observations: [
          apiConnect({ kind: 'not-permitted' }),
          apiGet({ kind: 'connect-failed', phases: { total: 3 } }),
        ],
      }),
      summary: /node's own filter refused/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: "dnsPolicy None with a server that is not the cluster's: cluster names need not resolve",
      facts: facts({
        observations: [...clusterNames(NO_WAY), resolvConf(['192.168.0.53'])],
        pod: asks('192.168.0.53'),
      }),
    },
    {
      name: 'curl could not say, nc did: refused',
      facts: facts({
        observations: [
          apiConnect({ kind: 'refused' }),
          apiGet({ kind: 'connect-failed', phases: { total: 3 } }),
        ],
      }),
    },
    {
      name: 'ping alone is unreachable',
      facts: facts({
        observations: [
          ping('internet', { kind: 'unreachable', which: 'host' }),
          ping('node', { kind: 'unreachable', which: 'host' }),
        ],
      }),
    },
  ],
};
