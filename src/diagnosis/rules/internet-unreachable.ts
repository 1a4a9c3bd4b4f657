import { defineRule } from '../../model/rule.ts';
import { policyDoubt } from '../policy/egress.ts';
import { WAY_EVIDENCE, WAY_PROBES, wayOutDead } from '../way-out.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

/** Every target fails while the cluster answers. A ping that comes back means that only the port is filtered: not this. */
export default defineRule({
  id: 'internet-unreachable',
  code: 'NC8001',
  layer: 'route',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, maybe, observations, destination }) => {
    const dead = wayOutDead(observations, maybe, destination);
    if (dead === undefined) return [];
    const doubt = policyDoubt(maybe);
    const addresses = dead.failed.filter(({ observation }) => observation.probe === 'tcp-connect');
    const targets = unique((addresses.length > 0 ? addresses : dead.failed).map(({ target: to }) => to));
    return [
      {
        confidence: doubt.confidence,
        summary: `The internet cannot be reached from this pod (${listed(targets)} do not answer), while the cluster can`,
        evidence: [...unique(dead.failed.map(({ text }) => text)), ...doubt.lines],
        // Cluster DNS asks its upstream servers over the same way out, and the pod its own nameservers.
        explains: [
          'upstream-dns-broken',
          'nameserver-silent/external-name',
          'name-server-failure/external-name',
          'name-query-refused/external-name',
          'one-nameserver-dead/own-nameserver',
        ],
        next: [
          kubectl(target.namespace, 'get', 'networkpolicies'),
          'kubectl get nodes -o wide',
          kubectl(target.namespace, 'netcheck', inCommand(target.pod, 'POD'), '--no-internet'),
        ],
      },
    ];
  },
});
