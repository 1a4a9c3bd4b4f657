/** Ports of the destination that every endpoint refuses, and what each of them means: it listens elsewhere, on loopback, or not at all. */
import type { DestinationPort, Protocol } from '../../../destination/ports.ts';
import type { Destination } from '../../../model/destination.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Pod } from '../../../model/kubernetes.ts';
import type { Seen } from '../../../model/rule.ts';
import { scopeOf, socketsOf } from '../../listeners.ts';
import { isReady } from '../../pods.ts';
import type { ReachSeen } from '../../reach.ts';
import type { BehindEvidence } from '../service/service-behind.ts';
import { connectSymptoms, REFUSED_BEHIND } from '../symptoms.ts';
import { declaredBy, isRunning, type OtherPort, probedBy } from './container-ports.ts';
import { type EndpointAtPort, isFailureFate, type PortFate, portsSeen } from './ports-seen.ts';

export type Meaning =
  | { readonly kind: 'elsewhere'; readonly others: readonly OtherPort[] }
  /** Of the pod that netcheck ran in: the rest of the world cannot look. */
  | { readonly kind: 'loopback' }
  /** `certain`: seen in the pod itself. `declared`: what its containers say that they listen on. */
  | {
      readonly kind: 'deaf';
      readonly certain: boolean;
      readonly declared: readonly OtherPort[] | undefined;
      /** The readiness probe asks this very port. */
      readonly probed: boolean;
    }
  /** The kubelet gets an answer on this very port: something between refuses. */
  | { readonly kind: 'answers-kubelet' }
  | { readonly kind: 'not-running' };

export interface RefusedPort {
  readonly port: DestinationPort;
  /** Where the pods are to listen. */
  readonly number: number;
  /** Those that were asked. */
  readonly endpoints: readonly EndpointAtPort[];
  /** How it fails at the address that apps connect to; mostly it is refused there too. */
  readonly frontFate: PortFate;
  /** None of them gets traffic: they were asked to see what they do. */
  readonly unready: boolean;
  readonly meaning: Meaning;
}

export type RefusedEvidence = BehindEvidence & Pick<Evidence, 'pod'>;
export type RefusedSeen = ReachSeen & Seen<'listeners'>;

const meaningIn = (
  pod: Pod,
  number: number,
  protocol: Protocol,
  sockets: ReturnType<typeof socketsOf>,
): Meaning => {
  const own = sockets === undefined ? undefined : scopeOf(sockets, number, protocol);
  if (own === 'loopback') return { kind: 'loopback' };
  if (!isRunning(pod)) return { kind: 'not-running' };
  const asked = probedBy(pod);
  const probed = isReady(pod) ? asked : [];
  if (protocol === 'TCP' && probed.includes(number)) return { kind: 'answers-kubelet' };
  const declared = declaredBy(pod);
  const isIt = (one: OtherPort): boolean => one.number === number && one.protocol === protocol;
  const seen = (one: OtherPort): OtherPort['seenBy'] => {
    if (sockets !== undefined && scopeOf(sockets, one.number, one.protocol) === 'reachable')
      return 'listeners';
    return one.protocol === 'TCP' && probed.includes(one.number) ? 'kubelet' : undefined;
  };
  const undeclared = probed
    .filter((port) => !declared.some((one) => one.number === port))
    .map((port) => ({
      number: port,
      protocol: 'TCP' as const,
      name: undefined,
      declared: false,
      seenBy: 'kubelet' as const,
    }));
  const known = declared.map((one) => ({ ...one, seenBy: seen(one) }));
  const others = [...known, ...undeclared].filter(
    (one) => one.protocol === protocol || one.number === number,
  );
  return declared.some(isIt) || others.length === 0
    ? { kind: 'deaf', certain: own === 'none', declared: known, probed: asked.includes(number) }
    : { kind: 'elsewhere', others };
};

const UNKNOWN: Meaning = { kind: 'deaf', certain: false, declared: undefined, probed: false };

/** What all pods have in common; where they differ (in the middle of a rollout), what holds of the first. */
const meaningOf = (
  at: readonly EndpointAtPort[],
  { protocol }: DestinationPort,
  { pod: self, destinationPods }: RefusedEvidence,
  seen: RefusedSeen,
): Meaning => {
  if (destinationPods.state !== 'known') return UNKNOWN;
  const meanings = at.flatMap(({ endpoint, number }) => {
    const pod = destinationPods.value.find(({ metadata }) => metadata.name === endpoint.pod);
    if (pod === undefined) return [];
    const isSelf =
      self.state === 'known' &&
      self.value.metadata.name === pod.metadata.name &&
      self.value.metadata.namespace === pod.metadata.namespace;
    return [meaningIn(pod, number, protocol, isSelf ? socketsOf(seen) : undefined)];
  });
  return meanings[0] ?? UNKNOWN;
};

export const refusedPorts = (
  destination: Destination,
  evidence: RefusedEvidence,
  seen: RefusedSeen,
): readonly RefusedPort[] =>
  portsSeen(destination, seen, evidence).flatMap(({ port, frontFate, endpoints }) => {
    const measured = endpoints.filter(({ fate }) => fate !== 'not-asked' && fate !== 'unmeasured');
    const [first] = measured;
    // What is connected to at the Service's address listens somewhere.
    if (first === undefined || frontFate === 'accepts' || !measured.every(({ fate }) => fate === 'refused'))
      return [];
    return [
      {
        port,
        number: first.number,
        endpoints: measured,
        frontFate,
        unready: measured.every(({ endpoint }) => !endpoint.ready),
        meaning: meaningOf(measured, port, evidence, seen),
      },
    ];
  });

/** What follows from it: the refusal, passed on by whatever stands before, or lost on the way. */
export const followsFromRefusal = ({ frontFate }: Pick<RefusedPort, 'frontFate'>): readonly string[] => [
  ...REFUSED_BEHIND,
  ...connectSymptoms(isFailureFate(frontFate) ? [frontFate] : []),
];
