import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { isReady } from '../pods.ts';
import { counted, unique } from '../wording.ts';

/** What a lack of capacity is seen as. */
const SLOW: readonly string[] = ['name-lookup-slow', 'nameserver-silent', 'name-server-failure'];

/**
 * All of cluster DNS on one node, in a cluster that is seen to have more. For information, unless lookups were slow or failed now and
 * then: small clusters are often made so.
 */
export default defineRule({
  id: 'dns-capacity-low',
  code: 'NC3105',
  layer: 'name',
  role: 'cause',
  severity: 'warning',
  needs: ['dnsPods', 'pod'],
  uses: ['dnsService', 'kubeProxyPods'],
  probes: [],
  evaluate: ({ evidence: { dnsPods, pod }, maybe: { dnsService, kubeProxyPods }, findings }) => {
    const ready = dnsPods.filter(isReady);
    const nodes = unique(ready.flatMap(({ spec }) => spec.nodeName ?? []));
    const proxied = kubeProxyPods.state === 'known' ? kubeProxyPods.value : [];
    const others = unique([pod, ...proxied].flatMap(({ spec }) => spec.nodeName ?? [])).filter(
      (name) => !nodes.includes(name),
    );
    if (ready.length === 0 || nodes.length !== 1 || others.length === 0) return [];
    const slow = findings.filter(
      ({ id, severity, about }) => SLOW.includes(id) && (severity === 'warning' || about === 'intermittent'),
    );
    return [
      {
        severity: slow.length > 0 ? 'warning' : 'info',
        confidence: 'possible',
        summary: `Cluster DNS is ${counted(ready.length, 'pod')} on node ${nodes.join('')} alone, and the cluster has other nodes: all lookups go there`,
        evidence: [
          ...ready.map(({ metadata }) => `pod ${metadata.name} is ready on ${nodes.join('')}`),
          ...slow.map(({ summary }) => summary),
        ],
        next: [dnsCommands(dnsService).pods, dnsCommands(dnsService).top],
      },
    ];
  },
});
