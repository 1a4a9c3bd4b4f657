import type { Observation } from '../../../probes/index.ts';
import { answer, facts, lookup, NXDOMAIN, type RuleCases, SERVER } from '../build.ts';

const ABSOLUTE = 'kubernetes.default.svc.cluster.local.';
const search = (...domains: readonly string[]): Observation => ({
  id: 'resolv-conf',
  probe: 'resolv-conf',
  purpose: 'resolver-config',
  question: {},
  outcome: {
    kind: 'resolv-conf',
    nameservers: [SERVER],
    search: domains,
    options: { ndots: 5, timeout: 5, attempts: 2 },
  },
});
const shadowed = lookup(
  'kubernetes.default.svc',
  answer('kubernetes.default.svc.corp.example', '203.0.113.99'),
);
const domains = ['corp.example', 'shop.svc.k8s.corp', 'svc.k8s.corp', 'k8s.corp'];

export const cases: RuleCases = {
  fires: [
    {
      name: 'the only answer is that of a wildcard',
      facts: facts({ observations: [lookup(ABSOLUTE, NXDOMAIN), shadowed, search(...domains)] }),
      summary: /^The search domain corp.example answers for names of Services$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/answered as kubernetes.default.svc.corp.example: 203.0.113.99/],
    },
    {
      name: 'the address of svc/kubernetes is not known',
      facts: facts({
        observations: [lookup(ABSOLUTE, NXDOMAIN), shadowed, search(...domains)],
        evidence: { apiService: { state: 'not-asked' } },
      }),
      summary: /corp.example/,
      severity: 'warning',
    },
    {
      name: 'the full name resolves, the short one is shadowed',
      facts: facts({ observations: [shadowed, search(...domains)] }),
      summary: /corp.example/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'another cluster domain',
      facts: facts({
        observations: [
          lookup(ABSOLUTE, NXDOMAIN),
          lookup('kubernetes.default.svc', answer('kubernetes.default.svc.k8s.corp', '10.96.0.1')),
          search(...domains),
        ],
      }),
    },
  ],
};
