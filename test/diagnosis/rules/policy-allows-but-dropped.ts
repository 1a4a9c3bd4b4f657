import { known, type RuleCases } from '../build.ts';
import { API_IN, CLIENT_IN } from '../policies.ts';
import { allPorts, SILENT_GET, toService } from '../to-destination.ts';

const { front, endpoints } = allPorts({ kind: 'timed-out' }, SILENT_GET);
const silent = [...front, ...endpoints];
const groups = known(['apps', 'batch', 'cilium.io']);

export const cases: RuleCases = {
  fires: [
    {
      name: 'Cilium has policies of its own',
      facts: toService({
        observations: silent,
        evidence: { destinationPolicies: known([CLIENT_IN]), apiGroups: groups },
      }),
      summary: /^NetworkPolicies let client reach svc\/web.shop, and nothing comes back/,
      severity: 'error',
      confidence: 'possible',
      tells: [/cilium\.io/, /^kubectl get ciliumnetworkpolicies\.cilium\.io -A$/],
    },
  ],
  silent: [
    {
      name: 'a cluster without policies of other kinds',
      facts: toService({
        observations: silent,
        evidence: { destinationPolicies: known([CLIENT_IN]), apiGroups: known(['apps', 'batch']) },
      }),
    },
    {
      name: 'a NetworkPolicy denies it',
      facts: toService({
        observations: silent,
        evidence: { destinationPolicies: known([API_IN]), apiGroups: groups },
      }),
    },
    {
      name: 'it passes',
      facts: toService({ evidence: { destinationPolicies: known([CLIENT_IN]), apiGroups: groups } }),
    },
  ],
};
