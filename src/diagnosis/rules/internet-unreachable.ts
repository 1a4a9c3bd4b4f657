import { defineRule } from '../../model/rule.ts';
import { policyCommands, policyDoubt } from '../flows/doubt.ts';
import { type Masquerade, readMasquerade } from '../masquerade.ts';
import { WAY_EVIDENCE, WAY_PROBES, wayOutDead } from '../way-out.ts';
import { couldBe, inCommand, kubectl, listed, unique } from '../wording.ts';

/** What stands between a pod and the world, beside policies. */
const looksLike = (masquerade: Masquerade): string => {
  const others = 'a firewall or a missing NAT gateway behind the node';
  if (masquerade.state === 'on') return couldBe(`${others} (${masquerade.text}, so rather not the node)`);
  const why = masquerade.state === 'unknown' && masquerade.why !== undefined ? ` (${masquerade.why})` : '';
  return couldBe(
    `a node that does not translate the addresses of pods (masquerade)${why}, one that does not forward, or ${others}`,
  );
};

/** Every target fails while the cluster answers. A ping that comes back means that only the port is filtered: not this. */
export default defineRule({
  id: 'internet-unreachable',
  code: 'NC8001',
  layer: 'route',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [...WAY_EVIDENCE, 'networkDaemonSets'],
  probes: WAY_PROBES,
  evaluate: ({ target, maybe, observations, destination }) => {
    const dead = wayOutDead(observations, maybe, destination);
    if (dead === undefined) return [];
    const doubt = policyDoubt('internet', observations, maybe, destination);
    const addresses = dead.failed.filter(({ observation }) => observation.probe === 'tcp-connect');
    const targets = unique((addresses.length > 0 ? addresses : dead.failed).map(({ target: to }) => to));
    return [
      {
        confidence: doubt.confidence,
        summary: `The internet cannot be reached from this pod (${listed(targets)} do not answer), while the cluster can`,
        evidence: [
          ...unique(dead.failed.map(({ text }) => text)),
          ...doubt.lines,
          looksLike(readMasquerade(maybe.networkDaemonSets)),
        ],
        // Cluster DNS asks its upstream servers over the same way out, and the pod its own nameservers.
        explains: [
          'upstream-dns-broken',
          'corefile-upstream-suspect/unreached',
          'nameserver-silent/external-name',
          'name-server-failure/external-name',
          'name-query-refused/external-name',
          'one-nameserver-dead/own-nameserver',
        ],
        next: [
          ...policyCommands(doubt, target.namespace),
          'kubectl get nodes -o wide',
          ...(destination === undefined
            ? [kubectl(target.namespace, 'netcheck', inCommand(target.pod, 'POD'), '--no-internet')]
            : []),
        ],
      },
    ];
  },
});
