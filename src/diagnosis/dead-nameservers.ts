/** Nameservers that are asked before another that answers, and fail: lookups get there in the end, and pay for it each time. */
import type { Observation } from '../../probes/index.ts';
import type { NameserverFailure } from '../../probes/shared/nameserver-failure.ts';
import type { Seen } from '../model/rule.ts';
import { type Lookup, ownLookups } from './answers.ts';
import { canonical } from './nameservers.ts';
import { measured } from './observed.ts';
import { type Said, type Silent, silentByThemselves } from './silent-nameservers.ts';
import { unique } from './wording.ts';

export const SERVER_PROBES = ['dns-lookup', 'dns-query', 'resolv-conf'] as const;
type ServersSeen = Seen<(typeof SERVER_PROBES)[number]>;
type Query = Extract<Observation, { probe: 'dns-query' }>;
type Why = NameserverFailure['why'];

export interface DeadServer {
  readonly server: string;
  readonly whys: readonly Why[];
  /** Whether those lookups wait for it. One that declines, or that there is no way to, can be passed at once. */
  readonly costly: boolean;
}

export interface ServersInTurn {
  readonly dead: readonly DeadServer[];
  /** Those that answer after them. */
  readonly working: readonly string[];
  /** The pod's own lookups that passed a dead one. */
  readonly waited: readonly Lookup[];
  /** `options rotate`: each lookup begins with another. */
  readonly rotates: boolean;
  /** Dead behind those that answer: no lookup waits for them, and none of them would stand in. */
  readonly spare: readonly Silent[];
}

/** From here on a lookup is slow. */
export const SLOW_MS = 1000;

const ANSWERS: readonly string[] = ['answered', 'not-found', 'no-data'];
const DECLINES: readonly Why[] = ['server-failure', 'query-refused'];

const saidOf = ({ outcome }: Lookup): readonly Said[] => {
  const seen = measured(outcome);
  if (seen === undefined || !('server' in seen) || seen.server === undefined) return [];
  return [{ server: canonical(seen.server), final: ANSWERS.includes(seen.kind) }];
};

const saidTo = ({ question, outcome }: Query): readonly Said[] => {
  if (outcome.kind !== 'response' || outcome.transport === 'tcp') return [];
  const server = outcome.server ?? question.server;
  const final = outcome.rcode === 'NOERROR' || outcome.rcode === 'NXDOMAIN';
  return server === undefined ? [] : [{ server: canonical(server), final }];
};

/** The pod's own lookups that were answered in the end, with who failed before, over UDP. */
const passingOf = (seen: ServersSeen) =>
  ownLookups(seen['dns-lookup']).flatMap((lookup) => {
    const outcome = measured(lookup.outcome);
    if (outcome === undefined || !saidOf(lookup).some(({ final }) => final)) return [];
    const failures = outcome.failedServers
      .filter(({ transport }) => transport !== 'tcp')
      .map(({ server, why }) => ({ server: canonical(server), why }));
    return [{ lookup, failures }];
  });

/**
 * A server is dead where it failed a lookup that another then answered, and nothing else was heard of it over UDP: one that answers
 * other lookups, or when it is asked by itself, lost a packet. One that stands behind a working one is never asked by an app: it is told
 * apart from these.
 */
export const serversInTurn = (seen: ServersSeen): ServersInTurn => {
  const passing = passingOf(seen);
  const heard = [
    ...seen['dns-lookup'].filter(({ question }) => question.transport !== 'tcp').flatMap(saidOf),
    ...seen['dns-query'].flatMap(saidTo),
  ];
  const names = unique(passing.flatMap(({ failures }) => failures.map(({ server }) => server)));
  const passedOver = names.flatMap((server): readonly DeadServer[] => {
    if (heard.some((one) => one.server === server && one.final)) return [];
    const passedIt = passing.flatMap(({ lookup, failures }) =>
      failures.filter((one) => one.server === server).map(({ why }) => ({ why, lookup })),
    );
    const declines = passedIt.filter(({ why }) => DECLINES.includes(why));
    // Silent to one and not to another: it is there.
    if (declines.length === 0 && heard.some((one) => one.server === server)) return [];
    const told = declines.length > 0 ? declines : passedIt;
    return [
      {
        server,
        whys: [...new Set(told.map(({ why }) => why))],
        costly: told.some(({ why, lookup }) => why === 'timed-out' || (lookup.durationMs ?? 0) >= SLOW_MS),
      },
    ];
  });
  const conf = seen['resolv-conf'].flatMap(({ outcome }) => measured(outcome) ?? [])[0];
  const order = (conf?.nameservers ?? []).map(canonical);
  const rotates = conf?.otherOptions?.includes('rotate') === true;
  const silent = silentByThemselves(seen, order, rotates, heard).filter(
    ({ server }) => !passedOver.some((one) => one.server === server),
  );
  const dead = [
    ...passedOver,
    ...silent
      .filter(({ after }) => after.length > 0)
      .map(({ server, whys }) => ({ server, whys, costly: whys.includes('timed-out') })),
  ];
  const isDead = (server: string): boolean => dead.some((one) => one.server === server);
  const waited = passing.filter(({ failures }) => failures.some(({ server }) => isDead(server)));
  const answering = waited.flatMap(({ lookup }) => saidOf(lookup).map(({ server }) => server));
  return {
    dead,
    working: unique(
      answering.length > 0
        ? answering
        : heard.flatMap(({ server, final }) => (final && order.includes(server) ? [server] : [])),
    ),
    waited: waited.map(({ lookup }) => lookup),
    rotates,
    spare: silent.filter(({ before, after }) => before.length > 0 && after.length === 0),
  };
};
