import {
  allNames,
  answer,
  facts,
  known,
  nameserver,
  type RuleCases,
  resolvConf,
  TIMED_OUT,
} from '../build.ts';
import { NOTHING_OUT, ONLY_DNS_OUT, TCP_DNS_OUT } from '../policies.ts';

const dnsEndpointSlices = known([
  {
    metadata: { name: 'dns' },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.2'], targetRef: { kind: 'Pod', name: 'coredns-1' } }],
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      { name: 'metrics', port: 9153, protocol: 'TCP' },
    ],
  },
]);
const byCache = allNames(answer('x', '10.96.0.1', { server: '169.254.20.10' }));
const silent = allNames(TIMED_OUT);

export const cases: RuleCases = {
  fires: [
    {
      name: 'port 53 without a protocol',
      facts: facts({
        observations: silent,
        evidence: { dnsEndpointSlices, networkPolicies: known([TCP_DNS_OUT]) },
      }),
      summary: /^NetworkPolicy shop\/tcp-dns does not let shop\/client reach DNS$/,
      severity: 'error',
      confidence: 'certain',
      about: 'UDP',
      tells: [/this flow is UDP/, /protocol: "?UDP/],
    },
    {
      name: 'over TCP alone, of the nameserver that the pod asks',
      facts: facts({
        observations: [
          ...byCache,
          resolvConf(['169.254.20.10', '10.96.0.10']),
          nameserver({ kind: 'timed-out' }),
        ],
        evidence: { dnsEndpointSlices, networkPolicies: known([NOTHING_OUT]) },
      }),
      summary: /nothing-out does not let/,
      severity: 'warning',
      about: 'TCP',
    },
    {
      name: 'nothing is let out',
      facts: facts({
        observations: silent,
        evidence: { dnsEndpointSlices, networkPolicies: known([NOTHING_OUT]) },
      }),
      summary: /nothing-out does not let/,
      severity: 'error',
    },
  ],
  silent: [
    {
      name: 'DNS is let out, and the nameserver is silent',
      facts: facts({
        observations: silent,
        evidence: { dnsEndpointSlices, networkPolicies: known([ONLY_DNS_OUT]) },
      }),
    },
    {
      name: 'a cache on the node is all that the pod asks: the Service was asked by us alone',
      facts: facts({
        observations: [...byCache, resolvConf(['169.254.20.10']), nameserver({ kind: 'timed-out' })],
        evidence: { dnsEndpointSlices, networkPolicies: known([NOTHING_OUT]) },
      }),
    },
    {
      name: 'names resolve: nobody enforces the policy',
      facts: facts({ evidence: { dnsEndpointSlices, networkPolicies: known([TCP_DNS_OUT]) } }),
    },
  ],
};
