/** What became of the flows that were asked for. */
import { serversOf } from '../name-failures.ts';
import { readNames } from '../names.ts';
import { haveServiceIP, type NamesEvidence } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { type Attempt, attemptsTo, hostAsked, portAsked, type ReachPurpose } from '../reach.ts';
import type { WaySeen } from '../way-seen.ts';
import type { FlowFate } from './judged.ts';

/** One that passes tells more than one that does not, and an answer that it may not, more than silence. */
const worstTold = (fates: readonly FlowFate[]): FlowFate =>
  (['passes', 'told', 'silent'] as const).find((fate) => fates.includes(fate)) ?? 'not-measured';

const ofAttempt = ({ connect }: Attempt): FlowFate => {
  switch (connect) {
    case 'connected':
      return 'passes';
    case 'timed-out':
      return 'silent';
    case 'refused':
    case 'reset':
    case 'unreachable':
    case 'connect-failed':
    case 'not-permitted':
      return 'told';
    case 'no-name':
    case 'unmeasured':
      return 'not-measured';
  }
};

/** Where this attempt went, after what the URL says: `8080/TCP`. */
const portReached = (attempt: Attempt): string => {
  const { observation } = attempt;
  const port = observation.probe === 'http-get' ? observation.question.connectTo?.port : undefined;
  return port === undefined ? portAsked(attempt) : `${port}/TCP`;
};

/** Of one purpose; at one address of it, or at one port of that (`8080/TCP`). */
export const fateOf = (seen: WaySeen, purpose: ReachPurpose, address?: string, port?: string): FlowFate =>
  worstTold(
    attemptsTo(seen, purpose)
      .filter(
        (attempt) =>
          (address === undefined || hostAsked(attempt.observation) === address) &&
          (port === undefined || portReached(attempt) === port),
      )
      .map(ofAttempt),
  );

/** Over UDP: the lookups of the pod's own, and of the DNS Service by itself. Over TCP: what asked its port 53. */
export const dnsFate = (
  seen: WaySeen,
  evidence: NamesEvidence,
  protocol: string,
  serviceIPs: readonly string[],
): FlowFate => {
  const asksService = (server: string | undefined): boolean =>
    server !== undefined && haveServiceIP([server], serviceIPs);
  const direct = ofPurpose(seen['dns-lookup'], 'nameserver-lookup').filter(
    ({ question }) => asksService(question.server) && (question.transport === 'tcp') === (protocol === 'TCP'),
  );
  const ofLookup = (kind: string | undefined): FlowFate => {
    if (kind === undefined) return 'not-measured';
    if (kind === 'timed-out') return 'silent';
    return kind === 'connection-refused' || kind === 'unreachable' ? 'told' : 'passes';
  };
  const fates = direct.map(({ outcome }) => ofLookup(measured(outcome)?.kind));
  if (protocol === 'TCP') {
    const ports = attemptsTo(
      {
        'tcp-connect': ofPurpose(seen['tcp-connect'], 'nameserver').map((one) => ({
          ...one,
          purpose: 'destination' as const,
        })),
        'http-get': [],
      },
      'destination',
    ).filter(({ observation }) => asksService(hostAsked(observation)));
    return worstTold([...fates, ...ports.map(ofAttempt)]);
  }
  const { cluster, external, destination } = readNames(seen, evidence);
  const own = [cluster, external, destination].flatMap((name): readonly FlowFate[] => {
    if (name.state === 'ok') return asksService(name.outcome.server) ? ['passes'] : [];
    if (name.state !== 'failed') return [];
    const servers = serversOf(name.failed);
    return servers.length > 0 && !servers.some(asksService) ? [] : [ofLookup(name.kind)];
  });
  return worstTold([...fates, ...own]);
};
