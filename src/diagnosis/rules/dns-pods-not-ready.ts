import { defineRule } from '../../model/rule.ts';
import { dnsConcern, seenWithoutDns } from '../dns-concern.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { isReady, whyNotReady } from '../pods.ts';
import { inCommand, listed } from '../wording.ts';

/** Where the EndpointSlices may not be read, the pods alone tell why the Service does not answer. One that is not ready beside ready ones is a warning: often a configuration that only a new pod reads. */
export default defineRule({
  id: 'dns-pods-not-ready',
  code: 'NC3102',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['dnsPods'],
  uses: [...NAME_EVIDENCE, 'dnsEndpointSlices'],
  probes: NAME_PROBES,
  evaluate: ({ evidence: { dnsPods }, maybe, observations, findings }) => {
    const alive = dnsPods.filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        // An evicted pod stays, Failed, beside the one that took its place.
        status.phase !== 'Succeeded' &&
        status.phase !== 'Failed',
    );
    const bad = alive.filter((pod) => !isReady(pod));
    const [first] = bad;
    if (first === undefined) return [];
    const all = bad.length === alive.length;
    const emptied =
      all &&
      findings.some(({ id, severity }) => id === 'dns-service-without-endpoints' && severity === 'error');
    const concern =
      all && maybe.dnsService.state === 'known' && maybe.dnsEndpointSlices.state !== 'known'
        ? dnsConcern(observations, maybe, maybe.dnsService.value)
        : undefined;
    const blamed = concern?.failing === true && !concern.works && concern.who !== 'other';
    const namespace = inCommand(first.metadata.namespace ?? 'kube-system', 'NAMESPACE');
    return [
      {
        severity: emptied || blamed ? 'error' : 'warning',
        confidence: blamed ? 'likely' : 'certain',
        summary: `${all ? 'No DNS pod is' : `${bad.length} of ${alive.length} DNS pods ${bad.length === 1 ? 'is' : 'are'} not`} ready: ${listed(bad.map(({ metadata }) => metadata.name))}`,
        evidence: bad.map((pod) => `pod ${pod.metadata.name}: ${whyNotReady(pod)}`),
        explains: [
          ...(all ? ['dns-service-without-endpoints'] : []),
          ...(blamed && concern !== undefined ? seenWithoutDns(concern.who) : []),
        ],
        next: [
          `kubectl describe pod ${inCommand(first.metadata.name, 'POD')} -n ${namespace}`,
          `kubectl logs ${inCommand(first.metadata.name, 'POD')} -n ${namespace} --tail=50`,
        ],
      },
    ];
  },
});
