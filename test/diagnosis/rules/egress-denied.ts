import { DEAD_INTERNET, facts, known, type RuleCases, refused } from '../build.ts';
import { INSIDE_ONLY, NOTHING_OUT, ONLY_DNS_OUT, WEB_OUT } from '../policies.ts';
import { allPorts, SILENT_GET, toService } from '../to-destination.ts';

const { front, endpoints } = allPorts({ kind: 'timed-out' }, SILENT_GET);
const silent = [...front, ...endpoints];
const dnsSlices = known([
  {
    metadata: { name: 'dns' },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.2'], targetRef: { kind: 'Pod', name: 'coredns-1' } }],
    ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
  },
]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'DNS is let out, the Service is not',
      facts: toService({ observations: silent, evidence: { networkPolicies: known([ONLY_DNS_OUT]) } }),
      summary: /^NetworkPolicy shop\/only-dns does not let shop\/client reach pod\/web-0/,
      severity: 'error',
      confidence: 'certain',
      about: 'destination',
      tells: [
        /nearest: NetworkPolicy shop\/only-dns rule 1/,
        /^kubectl describe networkpolicy only-dns -n shop$/,
        /podSelector/,
      ],
    },
    {
      name: 'we could not get in, and the policies tell all the same',
      facts: toService({
        entry: refused(403, 'x'),
        evidence: { networkPolicies: known([NOTHING_OUT]) },
      }),
      summary: /nothing-out does not let/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'the world is forbidden',
      facts: facts({
        observations: DEAD_INTERNET,
        evidence: { networkPolicies: known([INSIDE_ONLY]), dnsEndpointSlices: dnsSlices },
      }),
      summary: /inside-only does not let shop\/client reach the internet/,
      severity: 'error',
      about: 'internet',
      tells: [/--no-internet/],
    },
  ],
  silent: [
    {
      name: 'a policy that allows it, and something else drops it',
      facts: toService({ observations: silent, evidence: { networkPolicies: known([WEB_OUT]) } }),
    },
    {
      name: 'it passes: nobody enforces the policy',
      facts: toService({ evidence: { networkPolicies: known([ONLY_DNS_OUT]) } }),
    },
    {
      name: 'policies may not be read',
      facts: toService({
        observations: silent,
        evidence: {
          networkPolicies: {
            state: 'forbidden',
            right: {
              verb: 'list',
              group: 'networking.k8s.io',
              resource: 'networkpolicies',
              namespace: 'shop',
            },
          },
        },
      }),
    },
  ],
};
