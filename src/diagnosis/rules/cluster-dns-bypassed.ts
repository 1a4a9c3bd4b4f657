import { defineRule } from '../../model/rule.ts';
import { clusterIPs } from '../endpoints.ts';
import { clusterDnsBypass, failureLines, readNames } from '../names.ts';
import { measured } from '../observed.ts';
import { listed } from '../wording.ts';

/** NodeLocal DNSCache listens there, and is the cluster's DNS. */
const NODE_LOCAL = '169.254.20.10';

/** By the pod's own dnsPolicy (a warning: it may be meant so), or because its resolv.conf names other servers. */
export default defineRule({
  id: 'cluster-dns-bypassed',
  code: 'NC3011',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: ['dnsService'],
  probes: ['dns-lookup', 'tcp-connect', 'resolv-conf'],
  evaluate: ({ evidence: { pod }, maybe: { dnsService }, observations }) => {
    const { cluster } = readNames(observations, { state: 'known', value: pod });
    const servers = observations['resolv-conf'].flatMap(
      ({ outcome }) => measured(outcome)?.nameservers ?? [],
    );
    const next = ['kubectl get svc -n kube-system -l k8s-app=kube-dns'];
    if (cluster.state === 'not-applicable')
      return [
        {
          severity: 'warning',
          confidence: 'certain',
          summary: `This pod does not use the cluster's DNS (${cluster.why}), so cluster names do not resolve in it`,
          evidence: [...failureLines(cluster.failed), `nameservers: ${listed(servers)}`],
          next,
        },
      ];
    if (cluster.state !== 'failed' || dnsService.state !== 'known' || clusterDnsBypass(pod) !== undefined)
      return [];
    const expected = [...clusterIPs(dnsService.value), NODE_LOCAL];
    if (servers.length === 0 || servers.some((server) => expected.includes(server))) return [];
    return [
      {
        confidence: 'likely',
        summary: `The pod's nameservers (${listed(servers)}) are not the cluster's (${listed(clusterIPs(dnsService.value))}), so cluster names do not resolve in it`,
        evidence: [...failureLines(cluster.failed), 'the kubelet writes them: its clusterDNS setting'],
        explains: [
          'name-not-found/cluster-name',
          'name-query-refused/cluster-name',
          'name-server-failure/cluster-name',
          'nameserver-silent/cluster-name',
        ],
        next,
      },
    ];
  },
});
