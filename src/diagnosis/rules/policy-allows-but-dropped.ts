import { defineRule } from '../../model/rule.ts';
import { nameOf } from '../destination/wording.ts';
import { FLOW_EVIDENCE, flowsOf } from '../flows/flows.ts';
import { WAY_PROBES } from '../way-out.ts';
import { couldBe, listed, unique } from '../wording.ts';

/** API groups of policies that are not NetworkPolicies, and the kinds to list there. */
const OTHER_ENGINES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'policy.networking.k8s.io',
    ['clusternetworkpolicies.policy.networking.k8s.io', 'adminnetworkpolicies.policy.networking.k8s.io'],
  ],
  ['cilium.io', ['ciliumnetworkpolicies.cilium.io', 'ciliumclusterwidenetworkpolicies.cilium.io']],
  [
    'crd.projectcalico.org',
    ['networkpolicies.crd.projectcalico.org', 'globalnetworkpolicies.crd.projectcalico.org'],
  ],
  ['projectcalico.org', ['networkpolicies.projectcalico.org', 'globalnetworkpolicies.projectcalico.org']],
  ['crd.antrea.io', ['networkpolicies.crd.antrea.io', 'clusternetworkpolicies.crd.antrea.io']],
  ['networking.k8s.aws', ['policyendpoints.networking.k8s.aws']],
  ['k8s.ovn.org', ['egressfirewalls.k8s.ovn.org']],
]);

/**
 * NetworkPolicies of both ends let it pass, nothing comes back at any endpoint, and the cluster has policies of another kind, which are
 * not evaluated here. Silent where there are none: then the symptom itself names what is left.
 */
export default defineRule({
  id: 'policy-allows-but-dropped',
  code: 'NC5004',
  layer: 'policy',
  role: 'cause',
  severity: 'error',
  needs: ['apiGroups'],
  uses: FLOW_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, evidence: { apiGroups }, maybe, observations, destination }) => {
    const engines = apiGroups.filter((group) => OTHER_ENGINES.has(group));
    const flows = flowsOf(observations, maybe, destination).filter(({ about }) => about === 'destination');
    const vanish = flows.every(({ verdict, fate }) => verdict.state === 'allowed' && fate === 'silent');
    if (destination === undefined || engines.length === 0 || flows.length === 0 || !vanish) return [];
    return [
      {
        about: 'destination',
        confidence: 'possible',
        summary: `NetworkPolicies let ${target.pod} reach ${nameOf(destination)}, and nothing comes back: a policy of another kind may drop it`,
        evidence: [
          `this cluster has policies of other kinds, which are listed here and not evaluated: ${listed(engines)}`,
          ...unique(flows.map(({ to }) => `no answer from ${to}`)).slice(0, 5),
          couldBe('security groups of a cloud, or a firewall on a node'),
        ],
        explains: ['connection-timed-out/destination'],
        next: engines
          .flatMap((group) => OTHER_ENGINES.get(group) ?? [])
          .map((kind) => `kubectl get ${kind} -A`),
      },
    ];
  },
});
