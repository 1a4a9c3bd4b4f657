import { defineRule } from '../../model/rule.ts';
import { clusterIPs, readyAddresses, serviceName, unreadyAddresses } from '../endpoints.ts';
import { readNames } from '../names.ts';
import { whyNotReady } from '../pods.ts';
import { counted, inCommand, listed } from '../wording.ts';

/** Where names resolve all the same (a cache on the node, slices that are behind) it is a warning. */
export default defineRule({
  id: 'dns-service-without-endpoints',
  code: 'NC3101',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['dnsService', 'dnsEndpointSlices'],
  uses: ['pod', 'dnsPods'],
  probes: ['dns-lookup', 'tcp-connect'],
  evaluate: ({ evidence: { dnsService, dnsEndpointSlices }, maybe, observations }) => {
    if (readyAddresses(dnsEndpointSlices).length > 0) return [];
    const { cluster, external } = readNames(observations, maybe.pod);
    const works = cluster.state === 'ok' || external.state === 'ok' || cluster.state === 'not-applicable';
    const failing = cluster.state === 'failed' || external.state === 'failed';
    const pods = maybe.dnsPods.state === 'known' ? maybe.dnsPods.value : undefined;
    const namespace = inCommand(dnsService.metadata.namespace ?? 'kube-system', 'NAMESPACE');
    const selector = Object.entries(dnsService.spec.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return [
      {
        severity: works ? 'warning' : 'error',
        confidence: failing && !works ? 'certain' : 'likely',
        summary: `${serviceName(dnsService)} has no ready endpoint, so nothing answers on ${listed(clusterIPs(dnsService).map((ip) => `${ip}:53`))}`,
        evidence: [
          `EndpointSlices of ${serviceName(dnsService)}: ${counted(unreadyAddresses(dnsEndpointSlices).length, 'address', 'addresses')} listed, none ready`,
          ...(pods === undefined
            ? []
            : pods.length === 0
              ? [`no pod matches its selector ${selector}`]
              : pods.map((pod) => `pod ${pod.metadata.name}: ${whyNotReady(pod)}`)),
        ],
        explains: ['nameserver-refuses-connection', 'nameserver-silent', 'host-unreachable/nameserver'],
        next: [
          `kubectl get deployment,pods -n ${namespace} -l k8s-app=kube-dns`,
          `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${inCommand(dnsService.metadata.name, 'SERVICE')}`,
        ],
      },
    ];
  },
});
