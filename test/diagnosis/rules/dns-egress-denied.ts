import { allNames, facts, known, type RuleCases, TIMED_OUT } from '../build.ts';
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
      name: 'names resolve: nobody enforces the policy',
      facts: facts({ evidence: { dnsEndpointSlices, networkPolicies: known([TCP_DNS_OUT]) } }),
    },
  ],
};
