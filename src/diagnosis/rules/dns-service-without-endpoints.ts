import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { dnsConcern, seenWithoutDns } from '../dns-concern.ts';
import { clusterIPs, readyAddresses, serviceName, unreadyAddresses } from '../endpoints.ts';
import { NAME_PROBES } from '../nameservers.ts';
import { whyNotReady } from '../pods.ts';
import { counted, listed } from '../wording.ts';

/** A warning where names resolve all the same (a cache on the node, slices that are behind), or the pod asks other servers. */
export default defineRule({
  id: 'dns-service-without-endpoints',
  code: 'NC3101',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['dnsService', 'dnsEndpointSlices'],
  uses: ['pod', 'dnsPods', 'apiService', 'destinationService'],
  probes: NAME_PROBES,
  evaluate: ({ evidence: { dnsService, dnsEndpointSlices }, maybe, observations }) => {
    if (readyAddresses(dnsEndpointSlices).length > 0) return [];
    const known = { state: 'known', value: dnsService } as const;
    const { who, failing, works } = dnsConcern(observations, { ...maybe, dnsService: known }, dnsService);
    const commands = dnsCommands(known);
    const pods = maybe.dnsPods.state === 'known' ? maybe.dnsPods.value : undefined;
    const selector = Object.entries(dnsService.spec.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return [
      {
        severity: works || who === 'other' ? 'warning' : 'error',
        confidence: failing && !works && who === 'service' ? 'certain' : 'likely',
        summary: `${serviceName(dnsService)} has no ready endpoint, so nothing answers on ${listed(clusterIPs(dnsService).map((ip) => `${ip}:53`))}`,
        evidence: [
          `EndpointSlices of ${serviceName(dnsService)}: ${counted(unreadyAddresses(dnsEndpointSlices).length, 'address', 'addresses')} listed, none ready`,
          ...(pods === undefined
            ? []
            : pods.length === 0
              ? [`no pod matches its selector ${selector}`]
              : pods.map((pod) => `pod ${pod.metadata.name}: ${whyNotReady(pod)}`)),
        ],
        explains: seenWithoutDns(who),
        next: [commands.deployment, commands.endpoints],
      },
    ];
  },
});
