import { runningContainers } from '../../destination/ports.ts';
import { defineRule } from '../../model/rule.ts';
import { portsSeen } from '../destination/ports/ports-seen.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES, serviceBehind } from '../destination/service/service-behind.ts';
import { patchPort } from '../destination/service/service-patch.ts';
import { NOTHING_BEHIND } from '../destination/symptoms.ts';
import { nearNames } from '../near.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

/** There are ready endpoints, and none has a number for this port: its slices leave it out. */
export default defineRule({
  id: 'named-port-unresolved',
  code: 'NC4006',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationService', 'destinationEndpointSlices'],
  uses: BEHIND_EVIDENCE,
  probes: BEHIND_PROBES,
  evaluate: ({ destination, evidence: { destinationEndpointSlices }, maybe, observations }) => {
    const behind = serviceBehind(destination, maybe);
    // The port of an Ingress is its controller's.
    if (destination?.kind !== 'service' || behind === undefined || (behind.ready ?? []).length === 0)
      return [];
    const { service, text, name, namespace, selects } = behind;
    const unresolved = portsSeen(destination, observations, maybe).filter(
      ({ port, frontFate, endpoints }) =>
        port.listed && frontFate !== 'accepts' && !endpoints.some(({ endpoint }) => endpoint.ready),
    );
    return unresolved.map(({ port }) => {
      const spec = (service.spec.ports ?? []).find(
        (one) => one.port === port.number && (one.protocol ?? 'TCP') === port.protocol,
      );
      const wanted = spec?.targetPort ?? port.number;
      // A number needs no name of any container: then it is the slices that do not have the Service's port, or not yet.
      const byName = selects && typeof wanted === 'string';
      const declared = unique(
        (behind.pods ?? [])
          .flatMap(runningContainers)
          .flatMap(({ ports = [] }) => ports)
          .flatMap((one) => ((one.protocol ?? 'TCP') === port.protocol ? (one.name ?? []) : [])),
      );
      const written = unique(
        destinationEndpointSlices.flatMap(({ ports }) => (ports ?? []).map((one) => one.name ?? '')),
      ).map((one) => (one === '' ? 'a port without a name' : one));
      const near = typeof wanted === 'string' ? nearNames(wanted, declared) : [];
      const only = near.length === 1 ? near[0] : declared.length === 1 ? declared[0] : undefined;
      return {
        about: `${port.number}/${port.protocol}`,
        confidence: byName || !selects ? ('certain' as const) : ('likely' as const),
        summary: byName
          ? `${text} leads port ${port.number} to the port named ${wanted} of its pods, and no container has a ${port.protocol} port of that name`
          : `${text} has port ${port.number}${port.name === undefined ? ' (without a name)' : ` (${port.name})`}, and its EndpointSlices have ${written.length === 0 ? 'no port' : `only ${listed(written)}`}`,
        evidence: byName
          ? [
              declared.length === 0
                ? `its pods declare no ${port.protocol} port with a name`
                : `names that its pods declare: ${listed(declared)}`,
              'so its EndpointSlices list addresses without a number for that port, and kube-proxy has nowhere to lead it',
            ]
          : ['the name of a port in an EndpointSlice has to be that of the Service, or both have none'],
        explains: NOTHING_BEHIND,
        next: [
          kubectl(namespace, 'describe', 'service', inCommand(name, 'SERVICE')),
          kubectl(
            namespace,
            'get',
            'endpointslices',
            '-l',
            `kubernetes.io/service-name=${inCommand(name, 'SERVICE')}`,
            '-o',
            'yaml',
          ),
        ],
        mend:
          byName && only !== undefined
            ? patchPort(service, port.number, port.protocol, 'targetPort', only)
            : undefined,
      };
    });
  },
});
