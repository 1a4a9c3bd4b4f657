import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { clusterIPs } from '../endpoints.ts';
import type { NamePurpose } from '../name-state.ts';
import { failureLines } from '../name-text.ts';
import { readNames } from '../names.ts';
import { haveClusterDns, NAME_PROBES, policyWithoutClusterDns, resolvConfOf } from '../nameservers.ts';
import { listed } from '../wording.ts';

/** How lookups of the cluster's names fail at other servers. */
const seenOf = (about: NamePurpose): readonly string[] =>
  [
    'name-not-found',
    'name-query-refused',
    'name-server-failure',
    'nameserver-silent',
    'nameserver-refuses-connection',
    'name-wrong-answer',
  ].map((id) => `${id}/${about}`);

/** By the pod's own dnsPolicy (a warning: it may be meant so), or because its resolv.conf names other servers. */
export default defineRule({
  id: 'cluster-dns-bypassed',
  code: 'NC3011',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: ['dnsService', 'apiService', 'destinationService'],
  probes: NAME_PROBES,
  evaluate: ({ evidence: { pod }, maybe, observations }) => {
    const { dnsService } = maybe;
    const { cluster, destination } = readNames(observations, {
      ...maybe,
      pod: { state: 'known', value: pod },
    });
    const servers = resolvConfOf(observations)?.nameservers ?? [];
    const next = [dnsCommands(dnsService).service];
    if (cluster.state === 'not-applicable')
      return [
        {
          // Where the pod was asked to reach a Service by its name, that is the trouble.
          severity: destination.state === 'failed' ? 'error' : 'warning',
          confidence: haveClusterDns(servers, dnsService) === false ? 'certain' : 'likely',
          summary: `This pod does not use the cluster's DNS (${cluster.why}), so cluster names do not resolve in it`,
          evidence: [
            ...failureLines(cluster.failed),
            ...(servers.length === 0 ? [] : [`nameservers: ${listed(servers)}`]),
          ],
          explains: destination.state === 'failed' ? seenOf('destination-name') : [],
          next,
        },
      ];
    if (cluster.state !== 'failed' || dnsService.state !== 'known') return [];
    if (policyWithoutClusterDns(pod) !== undefined) return [];
    if (servers.length === 0 || haveClusterDns(servers, dnsService) !== false) return [];
    return [
      {
        confidence: 'likely',
        summary: `The pod's nameservers (${listed(servers)}) are not the cluster's (${listed(clusterIPs(dnsService.value))}), so cluster names do not resolve in it`,
        evidence: [...failureLines(cluster.failed), 'the kubelet writes them: its clusterDNS setting'],
        explains: [
          ...seenOf('cluster-name'),
          ...(destination.state === 'failed' ? seenOf('destination-name') : []),
        ],
        next,
      },
    ];
  },
});
