/** Whether anything behind the default gateway answers, in one address family. */
import type { Seen } from '../model/rule.ts';
import { familyOfAddress, ofFamily } from './families.ts';
import type { Family } from './links.ts';
import { NAME_PROBES } from './nameservers.ts';
import { measured } from './observed.ts';
import { type Attempt, attemptsTo, REACH_PURPOSES } from './reach.ts';

export const PATH_PROBES = [...NAME_PROBES, 'dns-query', 'http-get', 'icmp-echo', 'path-mtu'] as const;
export type PathSeen = Seen<(typeof PATH_PROBES)[number]>;

export interface PathAnswers {
  /** What came back from behind the gateway, errors of routers and refusals among it. */
  readonly answered: boolean;
  /** Connections and lookups that nothing came back for, one a line. Pings are none: ICMP alone proves nothing. */
  readonly silent: readonly string[];
}

const isLoopback = (address: string): boolean => /^127\./.test(address) || address === '::1';

/** A URL's name may lead to either family: where it was answered, the address that did tells. */
const familyIfAnswered = ({ observation: { outcome } }: Attempt): Family | undefined =>
  outcome.kind === 'responded' && outcome.remoteAddress !== undefined
    ? familyOfAddress(outcome.remoteAddress)
    : undefined;

/**
 * `byUs`: nobody answers for the gateway itself, so that what reads as "unreachable" is our own kernel's word. `only`: the pod has no way
 * out in the other family, so that what answers under a name counts too.
 */
export const pathAnswers = (
  seen: PathSeen,
  family: Family,
  { byUs, only }: { readonly byUs: boolean; readonly only: boolean },
): PathAnswers => {
  const all = REACH_PURPOSES.flatMap((purpose) => attemptsTo(seen, purpose));
  const attempts = [
    ...ofFamily(all, family),
    ...all.filter(
      (attempt) => familyIfAnswered(attempt) === family || (only && attempt.connect === 'connected'),
    ),
  ];
  const behind = (address: string): boolean => familyOfAddress(address) === family && !isLoopback(address);
  const comesBack = (kind: string): boolean =>
    ['connected', 'open', 'refused', 'reset', 'connection-refused'].includes(kind) ||
    (kind === 'unreachable' && !byUs);

  const outcomes = [...seen['dns-lookup'], ...seen['dns-query']].flatMap(
    ({ outcome }) => measured(outcome) ?? [],
  );
  const speakers = outcomes.flatMap((outcome) =>
    'server' in outcome && outcome.server !== undefined ? [outcome.server] : [],
  );
  const failures = outcomes.flatMap((outcome) =>
    'failedServers' in outcome ? outcome.failedServers : 'failedTries' in outcome ? outcome.failedTries : [],
  );
  const ports = seen['tcp-connect'].filter(
    ({ purpose, question }) => purpose === 'nameserver' && behind(question.host),
  );
  const pings = [...seen['icmp-echo'], ...seen['path-mtu']].filter(({ question }) => behind(question.host));
  return {
    answered:
      attempts.some(({ connect }) => comesBack(connect)) ||
      speakers.some(behind) ||
      failures.some(
        ({ server, why }) =>
          behind(server) && (comesBack(why) || why === 'server-failure' || why === 'query-refused'),
      ) ||
      ports.some(({ outcome }) => comesBack(outcome.kind)) ||
      pings.some(
        ({ outcome }) => ['replied', 'measured', 'too-big'].includes(outcome.kind) || comesBack(outcome.kind),
      ),
    silent: [
      ...attempts.flatMap(({ connect, text }) =>
        connect === 'timed-out' || connect === 'unreachable' ? [text] : [],
      ),
      ...new Set(
        failures
          .filter(({ server }) => behind(server))
          .map(({ server }) => `no answer from nameserver ${server}`),
      ),
    ],
  };
};
