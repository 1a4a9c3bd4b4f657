/** The Service leads to a port on which its pods do not listen, while they listen, or say that they listen, on another. */
import type { Destination } from '../../../model/destination.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { inCommand, kubectl, listed, unique } from '../../wording.ts';
import { endpointName } from '../read.ts';
import { type ServiceBehind, serviceBehind } from '../service/service-behind.ts';
import { patchPort } from '../service/service-patch.ts';
import { REFUSED_BEHIND } from '../symptoms.ts';
import { type OtherPort, portText } from './container-ports.ts';
import { portsSeen } from './ports-seen.ts';
import {
  followsFromRefusal,
  type RefusedEvidence,
  type RefusedPort,
  type RefusedSeen,
  refusedPorts,
} from './refused-ports.ts';

/** One of its name is meant, else one that was seen to listen, else all that no other port of the Service leads to. */
const meant = (
  { port }: RefusedPort,
  others: readonly OtherPort[],
  taken: readonly number[],
): readonly OtherPort[] => {
  const same = others.filter(({ name }) => name !== undefined && name !== '' && name === port.name);
  const seen = others.filter(({ seenBy }) => seenBy !== undefined);
  const free = others.filter(({ number }) => !taken.includes(number));
  return [same, seen, free].find((some) => some.length === 1) ?? (free.length > 0 ? free : others);
};

const SEEN: Readonly<Record<NonNullable<OtherPort['seenBy']>, string>> = {
  kubelet: 'their readiness probe is answered on',
  listeners: 'it was seen to listen on',
};

const mend = (
  { service }: ServiceBehind,
  { port, number }: RefusedPort,
  [one, ...more]: readonly OtherPort[],
) => {
  // A guess is not to be applied.
  if (one === undefined || more.length > 0 || !one.declared) return undefined;
  return one.protocol !== port.protocol && one.number === number
    ? patchPort(service, port.number, port.protocol, 'protocol', one.protocol)
    : patchPort(service, port.number, port.protocol, 'targetPort', one.number);
};

const otherTarget = (
  behind: ServiceBehind,
  refused: RefusedPort,
  others: readonly OtherPort[],
  taken: readonly number[],
): FindingDraft => {
  const { port, number, endpoints } = refused;
  const found = meant(refused, others, taken);
  const [best] = found;
  // Where the protocol is what differs, it is told of both.
  const target = found.some(({ protocol }) => protocol !== port.protocol)
    ? `${number}/${port.protocol}`
    : String(number);
  const what = best?.seenBy === undefined ? 'they declare' : SEEN[best.seenBy];
  return {
    about: `${port.number}/${port.protocol}`,
    confidence: found.length === 1 && best?.seenBy !== undefined && best.declared ? 'certain' : 'likely',
    summary: `${behind.text} leads ${portText(port)} to ${target} of its pods, which refuse it; ${what} ${listed(found.map(portText))}`,
    evidence: [
      ...unique(endpoints.flatMap(({ texts }) => texts)).slice(0, 6),
      ...(best === undefined || best.declared
        ? []
        : [`no container declares ${best.number}: it may be a port for health checks alone`]),
    ],
    explains: followsFromRefusal(refused),
    next: [
      kubectl(behind.namespace, 'describe', 'service', inCommand(behind.name, 'SERVICE')),
      ...endpoints
        .slice(0, 1)
        .flatMap(({ endpoint: { pod } }) =>
          pod === undefined ? [] : [kubectl(behind.namespace, 'describe', 'pod', inCommand(pod, 'POD'))],
        ),
    ],
    mend: mend(behind, refused, found),
  };
};

/** Of a headless Service the name leads to the pods themselves, and nothing turns the one port into the other. */
const untranslated = (
  behind: ServiceBehind,
  destination: Destination,
  evidence: RefusedEvidence,
  seen: RefusedSeen,
): readonly FindingDraft[] =>
  behind.headless
    ? portsSeen(destination, seen, evidence).flatMap(({ port, front, frontFate, endpoints }) => {
        const open = endpoints.filter(
          ({ fate, number, endpoint }) => fate === 'accepts' && endpoint.ready && number !== port.number,
        );
        const [first] = open;
        if (first === undefined || frontFate !== 'refused') return [];
        return [
          {
            about: `${port.number}/${port.protocol}`,
            confidence: 'certain' as const,
            summary: `${behind.text} is headless: its name leads straight to the pods, which listen on ${first.number}, and nothing turns ${port.number} into that: clients have to ask for ${first.number}`,
            evidence: [
              ...unique(front.map(({ text }) => text)),
              ...open
                .slice(0, 5)
                .map(({ endpoint, number }) => `${endpointName(endpoint)} accepts connections on ${number}`),
            ],
            explains: REFUSED_BEHIND,
            next: [kubectl(behind.namespace, 'describe', 'service', inCommand(behind.name, 'SERVICE'))],
          },
        ];
      })
    : [];

export const wrongTargets = (
  destination: Destination,
  evidence: RefusedEvidence,
  seen: RefusedSeen,
): readonly FindingDraft[] => {
  const behind = serviceBehind(destination, evidence);
  if (behind === undefined) return [];
  const refused = refusedPorts(destination, evidence, seen).filter(({ unready }) => !unready);
  const taken = portsSeen(destination, seen, evidence).flatMap(({ endpoints }) =>
    endpoints.filter(({ fate }) => fate === 'accepts').map(({ number }) => number),
  );
  return [
    ...refused.flatMap((one) =>
      one.meaning.kind === 'elsewhere' ? [otherTarget(behind, one, one.meaning.others, taken)] : [],
    ),
    ...untranslated(behind, destination, evidence, seen),
  ];
};
