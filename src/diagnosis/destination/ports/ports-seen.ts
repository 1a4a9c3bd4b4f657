/** How each port of the destination fared: at the address that apps connect to, and at each endpoint by itself. */
import { destinationEndpoints, type Endpoint, portAt } from '../../../destination/endpoints.ts';
import { type DestinationPort, destinationPorts } from '../../../destination/ports.ts';
import type { Destination } from '../../../model/destination.ts';
import { leadOf } from '../../connect-lead.ts';
import { type Faulty, faultOf, type HttpGet } from '../../http-fault.ts';
import {
  type Attempt,
  attemptsTo,
  type ConnectFailure,
  hostAsked,
  hostPort,
  portAsked,
  type ReachSeen,
} from '../../reach.ts';
import { unique } from '../../wording.ts';
import type { BehindEvidence } from '../service/service-behind.ts';

/** `accepts`: a connection stood. A failure: none did, and what tells most of why. */
export type PortFate = 'accepts' | ConnectFailure | 'unmeasured' | 'not-asked';

export interface EndpointAtPort {
  readonly endpoint: Endpoint;
  /** Where its pod listens. */
  readonly number: number;
  readonly fate: PortFate;
  /** Every connection that was tried there. */
  readonly attempts: readonly Attempt[];
  /** Requests that were connected and then failed. */
  readonly faults: readonly Faulty[];
  /** Whether it serves what is asked there. undefined: not known. */
  readonly works: boolean | undefined;
  /** `10.244.0.7:8080 refused the connection`; empty where it works. */
  readonly texts: readonly string[];
  /** The same of one whose address was named: `8080 refused the connection`. */
  readonly briefly: string;
}

export interface PortSeen {
  readonly port: DestinationPort;
  readonly front: readonly Attempt[];
  readonly frontFate: PortFate;
  /** Those with a number at this port, asked or not. */
  readonly endpoints: readonly EndpointAtPort[];
}

const isFailure = ({ connect }: Attempt): boolean =>
  connect !== 'connected' && connect !== 'no-name' && connect !== 'unmeasured';

export const fateOfPort = (attempts: readonly Attempt[]): PortFate => {
  if (attempts.length === 0) return 'not-asked';
  if (attempts.some(({ connect }) => connect === 'connected')) return 'accepts';
  return leadOf(attempts.filter(isFailure), 'destination') ?? 'unmeasured';
};

export const isFailureFate = (fate: PortFate): fate is ConnectFailure =>
  fate !== 'accepts' && fate !== 'unmeasured' && fate !== 'not-asked';

const faultsOf = (attempts: readonly Attempt[]): readonly Faulty[] =>
  attempts.flatMap(({ observation }) => {
    if (observation.probe !== 'http-get') return [];
    const get: HttpGet = observation;
    const fault = faultOf(get, undefined);
    return fault === undefined ? [] : [{ observation: get, ...fault }];
  });

/** The connection is told in few words; the request only where the connection stood. */
const textsOf = (
  attempts: readonly Attempt[],
  fate: PortFate,
  faults: readonly Faulty[],
): readonly string[] => {
  const failed = attempts.filter(({ connect }) => connect === fate);
  const brief = failed.filter(({ observation }) => observation.probe !== 'http-get');
  const targets = attempts.filter(({ observation }) => observation.probe !== 'http-get');
  return unique([
    ...(brief.length > 0 ? brief : failed).map(({ text }) => text),
    ...faults.map(({ text }) => `${targets[0]?.target ?? ''}: ${text}`),
  ]);
};

const atPort = (
  endpoint: Endpoint,
  number: number,
  all: readonly Attempt[],
  protocol: string,
): EndpointAtPort => {
  const attempts = all.filter((attempt) => {
    const { observation } = attempt;
    const at =
      observation.probe === 'http-get' && observation.question.connectTo?.port !== undefined
        ? `${observation.question.connectTo.port}/TCP`
        : portAsked(attempt);
    return hostAsked(observation) === endpoint.address && at === `${number}/${protocol}`;
  });
  const fate = fateOfPort(attempts);
  const faults = faultsOf(attempts);
  const failed = isFailureFate(fate);
  const texts = failed || faults.length > 0 ? textsOf(attempts, fate, faults) : [];
  return {
    endpoint,
    number,
    fate,
    attempts,
    faults,
    works: failed || faults.length > 0 ? false : fate === 'accepts' ? true : undefined,
    texts,
    briefly: texts.join('; ').replaceAll(hostPort(endpoint.address, number), String(number)),
  };
};

/** Of a pod the front is the pod itself. Empty where no port is known. */
export const portsSeen = (
  destination: Destination,
  seen: ReachSeen,
  evidence: BehindEvidence,
): readonly PortSeen[] => {
  const fronts = attemptsTo(seen, 'destination');
  const direct = destination.kind === 'pod' ? fronts : attemptsTo(seen, 'destination-endpoint');
  const endpoints = destinationEndpoints(destination, evidence) ?? [];
  return destinationPorts(destination, evidence).map((port) => {
    const front = fronts.filter((one) => portAsked(one) === `${port.number}/${port.protocol}`);
    return {
      port,
      front,
      frontFate: fateOfPort(front),
      endpoints: endpoints.flatMap((endpoint) => {
        const number = portAt(endpoint, port, destination.kind);
        return number === undefined ? [] : [atPort(endpoint, number, direct, port.protocol)];
      }),
    };
  });
};
