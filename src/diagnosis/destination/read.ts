/** Everything that was asked of the destination, read together. */
import { destinationEndpoints, type Endpoint } from '../../destination/endpoints.ts';
import type { Destination } from '../../model/destination.ts';
import type { Evidence } from '../../model/evidence.ts';
import { type Faulty, faultOf, type HttpGet } from '../http-fault.ts';
import {
  type Attempt,
  attemptsTo,
  type ConnectResult,
  connectTo,
  hostAsked,
  type ReachSeen,
} from '../reach.ts';

export interface EndpointSeen {
  readonly endpoint: Endpoint;
  readonly attempts: readonly Attempt[];
  /** Requests that were connected and then failed, a 5xx among them. */
  readonly faults: readonly Faulty[];
  /** `failed`: a port of it cannot be connected to, or no request on it is served. */
  readonly state: 'ok' | 'failed' | 'unknown' | 'not-asked';
  /** What failed, one a line: `10.244.0.7:8080 refused the connection`. */
  readonly texts: readonly string[];
}

export interface DestinationSeen {
  /** At the address that apps connect to: the Service's, or the host's. */
  readonly front: ConnectResult;
  /** Each endpoint that was asked by itself; undefined where they are not known. */
  readonly endpoints: readonly EndpointSeen[] | undefined;
}

/** What is known of the endpoints behind it. */
export const DESTINATION_EVIDENCE = ['destinationEndpointSlices', 'destinationPods'] as const;
export type DestinationKnown = Pick<Evidence, (typeof DESTINATION_EVIDENCE)[number]>;

const seenAt = (endpoint: Endpoint, all: readonly Attempt[]): EndpointSeen => {
  const attempts = all.filter(({ observation }) => hostAsked(observation) === endpoint.address);
  const faults = attempts.flatMap(({ observation }) => {
    if (observation.probe !== 'http-get') return [];
    const get: HttpGet = observation;
    const fault = faultOf(get, undefined);
    return fault === undefined ? [] : [{ observation: get, ...fault }];
  });
  const refused = attempts.filter(
    ({ connect }) => connect !== 'connected' && connect !== 'unmeasured' && connect !== 'no-name',
  );
  const texts = [
    ...new Set([
      ...refused.map(({ text }) => text),
      ...faults.map((fault) => `${textAt(attempts, fault)} ${fault.text}`),
    ]),
  ];
  const state = (): EndpointSeen['state'] => {
    if (attempts.length === 0) return 'not-asked';
    if (texts.length > 0) return 'failed';
    const open = attempts.filter(({ connect }) => connect === 'connected');
    // A mesh hides what TCP would tell; a request that is answered is real.
    const hidden = ({ observation: { outcome } }: Attempt): boolean =>
      outcome.kind === 'did-not-run' &&
      outcome.reason === 'intercepted' &&
      open.some(({ observation }) => observation.probe === 'http-get');
    const unmeasured = attempts.filter(({ connect }) => connect === 'unmeasured' || connect === 'no-name');
    return open.length > 0 && unmeasured.every(hidden) ? 'ok' : 'unknown';
  };
  return { endpoint, attempts, faults, state: state(), texts };
};

const textAt = (attempts: readonly Attempt[], { observation }: Faulty): string =>
  attempts.find((attempt) => attempt.observation.id === observation.id)?.target ?? observation.question.url;

export const readDestination = (
  destination: Destination,
  seen: ReachSeen,
  evidence: DestinationKnown,
): DestinationSeen => {
  const attempts = attemptsTo(seen, 'destination-endpoint');
  return {
    front: connectTo(seen, 'destination'),
    endpoints: destinationEndpoints(destination, evidence)?.map((endpoint) => seenAt(endpoint, attempts)),
  };
};

/** `pod/web-1 (10.244.0.7, node-2)` */
export const endpointName = ({ pod, address, node }: Endpoint): string =>
  pod === undefined ? address : `pod/${pod} (${node === undefined ? address : `${address}, ${node}`})`;
