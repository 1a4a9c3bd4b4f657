/** Nameservers that are asked before another that answers, and fail: lookups get there in the end, and pay for it each time. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Seen } from '../model/rule.ts';
import { type Lookup, ownLookups } from './answers.ts';
import { measured } from './observed.ts';
import { unique } from './wording.ts';

export const SERVER_PROBES = ['dns-lookup', 'dns-query'] as const;
type ServersSeen = Seen<(typeof SERVER_PROBES)[number]>;
type Query = Extract<Observation, { probe: 'dns-query' }>;
type Failure = OutcomeOf<'dns-lookup'> extends infer O
  ? O extends { readonly failedServers: readonly (infer F)[] }
    ? F
    : never
  : never;

export interface DeadServer {
  readonly server: string;
  readonly whys: readonly Failure['why'][];
  /** It says nothing, or its port refuses, which the kernel tells only some askers (icmp_ratelimit). Else it declines at once. */
  readonly silent: boolean;
}

export interface ServersInTurn {
  /** Those that answer after them. */
  readonly working: readonly string[];
  readonly dead: readonly DeadServer[];
  /** The pod's own lookups that passed a dead one. */
  readonly waited: readonly Lookup[];
}

const ANSWERS: readonly string[] = ['answered', 'not-found', 'no-data'];
const DECLINES: readonly Failure['why'][] = ['server-failure', 'query-refused'];

const saidOf = ({ outcome }: Lookup): readonly { readonly server: string; readonly final: boolean }[] => {
  const seen = measured(outcome);
  if (seen === undefined || !('server' in seen) || seen.server === undefined) return [];
  return [{ server: seen.server, final: ANSWERS.includes(seen.kind) }];
};

const saidTo = ({ question, outcome }: Query): ReturnType<typeof saidOf> => {
  if (outcome.kind !== 'response' || outcome.transport === 'tcp') return [];
  const server = outcome.server ?? question.server;
  return server === undefined
    ? []
    : [{ server, final: outcome.rcode === 'NOERROR' || outcome.rcode === 'NXDOMAIN' }];
};

/**
 * A server is dead where it failed a lookup that another then answered, and nothing else was heard of it over UDP: one that answers
 * other lookups, or when it is asked by itself, lost a packet. One that stands behind a working one is never asked by an app, so what it
 * does when it is asked by itself is nobody's trouble.
 */
export const serversInTurn = (seen: ServersSeen): ServersInTurn => {
  const own = ownLookups(seen['dns-lookup']);
  const passing = own.flatMap((lookup) => {
    const outcome = measured(lookup.outcome);
    return outcome !== undefined && saidOf(lookup).some(({ final }) => final)
      ? [{ lookup, failures: outcome.failedServers.filter(({ transport }) => transport !== 'tcp') }]
      : [];
  });
  const heard = [
    ...seen['dns-lookup'].filter(({ question }) => question.transport !== 'tcp').flatMap(saidOf),
    ...seen['dns-query'].flatMap(saidTo),
  ];
  const failures = passing.flatMap((one) => one.failures);
  const dead = unique(failures.map(({ server }) => server)).flatMap((server): readonly DeadServer[] => {
    if (heard.some((one) => one.server === server && one.final)) return [];
    const whys = failures.flatMap((failure) => (failure.server === server ? [failure.why] : []));
    const declines = whys.filter((why) => DECLINES.includes(why));
    const spoke = declines.length > 0 || heard.some((one) => one.server === server);
    if (!spoke) return [{ server, whys: [...new Set(whys)], silent: true }];
    return declines.length > 0 ? [{ server, whys: [...new Set(declines)], silent: false }] : [];
  });
  const waited = passing.filter((one) =>
    one.failures.some(({ server }) => dead.some((other) => other.server === server)),
  );
  return {
    working: unique(waited.flatMap(({ lookup }) => saidOf(lookup).map(({ server }) => server))),
    dead,
    waited: waited.map(({ lookup }) => lookup),
  };
};
