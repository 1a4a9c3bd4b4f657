/** Connections to the destination that fail in one way: a draft for each of its ports, with what stands behind it told beside. */
import type { Destination } from '../../../model/destination.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { leadOf } from '../../connect-lead.ts';
import { policyDoubt } from '../../flows/doubt.ts';
import {
  type Attempt,
  attemptsTo,
  type ConnectFailure,
  connectTo,
  hostAsked,
  portAsked,
} from '../../reach.ts';
import { type WayEvidence, type WaySeen, wayOutDead } from '../../way-out.ts';
import { couldBe, hostInCommand, inCommand, kubectl, listed, listedShort, unique } from '../../wording.ts';
import { isFailureFate, type PortSeen, portsSeen } from '../ports/ports-seen.ts';
import { endpointName } from '../read.ts';
import { nameOf } from '../wording.ts';

/** What to look at of an object of the cluster. */
export const objectCommands = ({ kind, name, namespace }: Destination): readonly string[] => {
  if (name === undefined || namespace === undefined) return [];
  const [object, place] = [inCommand(name, 'NAME'), namespace];
  switch (kind) {
    case 'service':
      return [
        kubectl(place, 'describe', 'service', object),
        kubectl(place, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${object}`),
      ];
    case 'pod':
      return [kubectl(place, 'describe', 'pod', object)];
    case 'ingress':
      return [kubectl(place, 'describe', 'ingress', object)];
    case 'host':
    case 'address':
      return [];
  }
};

/** Of what is no object of the cluster: the connection by itself, and whose addresses a firewall before it sees. */
const outsideCommands = ({ kind }: Destination, failed: readonly Attempt[]): readonly string[] => {
  const tcp = failed.find(({ observation }) => observation.probe === 'tcp-connect');
  if ((kind !== 'host' && kind !== 'address') || tcp === undefined) return [];
  return [
    `nc -zv -w 3 ${hostInCommand(hostAsked(tcp.observation))} ${portAsked(tcp).replace('/TCP', '')}`,
    'kubectl get nodes -o wide',
  ];
};

const MANY = 5;
/** `pod/web-1 (10.244.0.7, node-2): 8080 timed out`, where a Service stands before it: a pod's own address is told already. */
const atEndpoints = (ports: readonly PortSeen[]): readonly string[] =>
  ports
    .filter(({ frontFate }) => isFailureFate(frontFate))
    .flatMap(({ front, endpoints }) =>
      endpoints.filter(
        ({ endpoint }) => !front.some(({ observation }) => hostAsked(observation) === endpoint.address),
      ),
    )
    .flatMap(({ endpoint, works, fate, briefly, number }) => {
      if (works === false) return [`${endpointName(endpoint)}: ${briefly}`];
      return fate === 'accepts' ? [`${endpointName(endpoint)}: ${number} accepts connections`] : [];
    })
    .slice(0, MANY);

/**
 * What nothing was connected to: a port, or of several addresses (of two families) one on that port. A request goes by the name, so it
 * speaks for the address only where there is one.
 */
const deadPorts = (attempts: readonly Attempt[]): readonly (readonly Attempt[])[] =>
  unique(attempts.map(portAsked)).flatMap((port) => {
    const same = attempts.filter((one) => portAsked(one) === port);
    const direct = same.filter(({ observation }) => observation.probe !== 'http-get');
    const addresses = unique(direct.map(({ observation }) => hostAsked(observation)));
    const ways =
      addresses.length > 1
        ? addresses.map((address) => direct.filter(({ observation }) => hostAsked(observation) === address))
        : [same];
    return ways.filter((way) => !way.some(({ connect }) => connect === 'connected'));
  });

export const destinationDrafts = (
  seen: WaySeen,
  maybe: WayEvidence,
  kinds: readonly ConnectFailure[],
  doubtful: boolean,
  destination: Destination,
): readonly FindingDraft[] => {
  if (wayOutDead(seen, maybe, destination) !== undefined) return [];
  const isFailure = ({ connect }: Attempt): boolean =>
    connect !== 'connected' && connect !== 'no-name' && connect !== 'unmeasured';
  const hits = deadPorts(attemptsTo(seen, 'destination')).flatMap((attempts) => {
    const failed = attempts.filter(isFailure);
    const lead = leadOf(failed, 'destination');
    return lead !== undefined && kinds.includes(lead)
      ? [failed.filter(({ connect }) => connect === lead)]
      : [];
  });
  if (hits.length === 0)
    return [...unsteady(seen, kinds, destination), ...unsteadyEndpoints(seen, maybe, kinds, destination)];
  const doubt = doubtful
    ? policyDoubt('destination', seen, maybe, destination)
    : { confidence: 'likely' as const, lines: [] };
  const told = hits.flatMap((same) => same.slice(0, 1)).map(({ text }) => text);
  const { connected } = connectTo(seen, 'destination');
  return [
    {
      about: 'destination',
      confidence: doubt.confidence,
      summary: `${nameOf(destination)} cannot be connected to: ${listed(told)}`,
      evidence: unique([
        ...[...hits.flat(), ...connected].map(({ text }) => text),
        ...atEndpoints(portsSeen(destination, seen, maybe)),
        ...doubt.lines,
      ]),
      next: [...objectCommands(destination), ...outsideCommands(destination, hits.flat())],
    },
  ];
};

/**
 * An endpoint that took one connection and not the next. An error: it is one of those that connections are led to, and no other finding
 * tells of it.
 */
const unsteadyEndpoints = (
  seen: WaySeen,
  maybe: WayEvidence,
  kinds: readonly ConnectFailure[],
  destination: Destination,
): readonly FindingDraft[] => {
  const hits = portsSeen(destination, seen, maybe)
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ endpoint, fate }) => endpoint.ready && fate === 'accepts')
    .flatMap(({ endpoint, number, attempts }) => {
      const failed = attempts.filter((one) => kinds.some((kind) => kind === one.connect));
      return failed.length === 0 ? [] : [{ endpoint, number, attempts, failed }];
    });
  if (destination.kind === 'pod' || hits.length === 0) return [];
  const who = unique(hits.map(({ endpoint }) => endpointName(endpoint)));
  return [
    {
      about: 'intermittent',
      severity: 'error',
      confidence: 'likely',
      summary: `${listedShort(who)} of ${nameOf(destination)} ${who.length === 1 ? 'takes' : 'take'} one connection and not the next: ${listedShort(unique(hits.flatMap(({ failed }) => failed.map(({ text }) => text))))}`,
      evidence: [
        ...unique(hits.flatMap(({ attempts }) => attempts.map(({ text }) => text))).slice(0, MANY),
        couldBe(
          'an app that is too busy to take new connections, packets that are lost on the way, or a limit on connections',
        ),
      ],
      next: hits.slice(0, 2).flatMap(({ endpoint: { pod, namespace } }) => {
        const place = namespace ?? destination.namespace;
        return pod === undefined || place === undefined
          ? []
          : [kubectl(place, 'logs', inCommand(pod, 'POD'), '--tail=50')];
      }),
    },
  ];
};

/** One connection of several to the same port fails: it comes and goes. */
const unsteady = (
  seen: WaySeen,
  kinds: readonly ConnectFailure[],
  destination: Destination,
): readonly FindingDraft[] => {
  const { connected, failed } = connectTo(seen, 'destination');
  const hits = failed.filter(
    (one) =>
      kinds.some((kind) => kind === one.connect) &&
      connected.some((other) => portAsked(other) === portAsked(one)),
  );
  if (hits.length === 0) return [];
  return [
    {
      about: 'intermittent',
      severity: 'warning',
      confidence: 'likely',
      summary: `${nameOf(destination)} accepts one connection and not another: ${listed(unique(hits.map(({ text }) => text)))}`,
      evidence: unique([...hits, ...connected].map(({ text }) => text)),
      next: objectCommands(destination),
    },
  ];
};
