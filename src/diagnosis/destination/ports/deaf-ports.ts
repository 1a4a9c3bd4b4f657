/** Ports on which the app does not listen at all. */
import type { Destination } from '../../../model/destination.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { inCommand, kubectl, listedShort, unique } from '../../wording.ts';
import { endpointName } from '../read.ts';
import { serviceBehind } from '../service/service-behind.ts';
import { nameOf } from '../wording.ts';
import { portText } from './container-ports.ts';
import {
  followsFromRefusal,
  type RefusedEvidence,
  type RefusedPort,
  type RefusedSeen,
  refusedPorts,
} from './refused-ports.ts';

const where = (destination: Destination, { endpoints }: RefusedPort, service: string | undefined): string => {
  const [first] = endpoints;
  if (first === undefined || service === undefined) return nameOf(destination);
  const who = endpointName(first.endpoint);
  if (endpoints.length === 1) return `${who}, which ${service} leads to`;
  return first.endpoint.pod === undefined
    ? `${listedShort(endpoints.map(({ endpoint }) => endpoint.address))}, which ${service} leads to`
    : `the pods of ${service}: all ${endpoints.length} that were asked refuse it`;
};

const commands = ({ endpoints, port, number }: RefusedPort, namespace: string): readonly string[] => {
  const pod = endpoints[0]?.endpoint.pod;
  if (pod === undefined) return [];
  const name = inCommand(pod, 'POD');
  return [
    kubectl(namespace, 'logs', name, '--all-containers', '--tail=50'),
    // Run in the pod itself it sees what listens there.
    ...(port.protocol === 'TCP'
      ? [`kubectl netcheck ${name} -n ${inCommand(namespace, 'NAMESPACE')} --to pod/${name}:${number}`]
      : []),
  ];
};

export const deafPorts = (
  destination: Destination,
  evidence: RefusedEvidence,
  seen: RefusedSeen,
): readonly FindingDraft[] => {
  const service = serviceBehind(destination, evidence);
  return refusedPorts(destination, evidence, seen).flatMap((refused): readonly FindingDraft[] => {
    const { meaning, port, number, endpoints, unready } = refused;
    // Of a pod there is no targetPort that could be wrong.
    const elsewhere = service === undefined && meaning.kind === 'elsewhere';
    if (meaning.kind !== 'deaf' && !elsewhere) return [];
    // It gets no traffic, whatever it listens on; but this is why it is not ready.
    const probed = meaning.kind === 'deaf' && meaning.probed;
    if (service !== undefined && unready && !probed) return [];
    const certain = meaning.kind === 'deaf' && meaning.certain;
    const declared =
      meaning.kind === 'elsewhere' ? meaning.others : meaning.kind === 'deaf' ? meaning.declared : [];
    const namespace =
      endpoints[0]?.endpoint.namespace ?? service?.namespace ?? destination.namespace ?? 'default';
    return [
      {
        about: `${port.number}/${port.protocol}`,
        confidence: certain
          ? 'certain'
          : evidence.destinationPods.state === 'forbidden'
            ? 'possible'
            : 'likely',
        summary: `Nothing takes connections on ${portText({ number, protocol: port.protocol, name: undefined })} in ${where(destination, refused, service?.text)}; the app does not listen there, or at 127.0.0.1 alone`,
        evidence: [
          ...unique(endpoints.flatMap(({ texts }) => texts)).slice(0, 6),
          ...(declared === undefined
            ? []
            : [
                `the containers run, and declare ${declared.length === 0 ? 'no port' : listedShort(declared.map(portText))}`,
              ]),
          ...(evidence.destinationPods.state === 'forbidden'
            ? ['not permitted to read the pods, so which port they mean to listen on is not known']
            : []),
        ],
        explains: [
          ...(probed && unready ? ['pod-not-ready/destination'] : []),
          ...(service !== undefined && unready ? [] : followsFromRefusal(refused)),
        ],
        next: commands(refused, namespace),
      },
    ];
  });
};
