/** What the lines of nslookup come to: the answer that they hold, and the failures taken together. */
import { matchesOf } from '../shared/lines.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome, NameserverFailure } from './probe.ts';

const withoutDot = (name: string): string => name.replace(/(?<=.)\.$/, '');

/** Each nameserver's failure once, in the order of first sight. */
export const distinct = (failures: readonly NameserverFailure[]): readonly NameserverFailure[] =>
  failures.filter(
    (failure, index) =>
      failures.findIndex(
        ({ server, why, transport }) =>
          server === failure.server && why === failure.why && transport === failure.transport,
      ) === index,
  );

/** What all failures together come to, where no nameserver gave a final answer. */
export const overall = (seen: readonly NameserverFailure[]): DnsLookupOutcome => {
  // A server that refused one try and left another without an answer refuses: the kernel limits how many refusals it tells.
  const refusers = seen.filter(({ why }) => why === 'connection-refused').map(({ server }) => server);
  const failures = seen.filter(({ server, why }) => why !== 'timed-out' || !refusers.includes(server));
  const all = (why: NameserverFailure['why']): boolean => failures.every((failure) => failure.why === why);
  const failedServers = distinct(failures);
  if (failures.length === 0) return { kind: 'timed-out', failedServers };
  const answer = failures.find(({ why }) => why === 'server-failure');
  if (answer !== undefined) return { kind: 'server-failure', server: answer.server, failedServers };
  if (all('connection-refused')) return { kind: 'connection-refused', failedServers };
  if (all('unreachable')) return { kind: 'unreachable', failedServers };
  return {
    kind: failures.some(({ why }) => why === 'timed-out') ? 'timed-out' : 'unreachable',
    failedServers,
  };
};

export const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

/** The answer records among the lines; undefined: none. */
export const answerIn = (lines: readonly string[]) => {
  const addresses = matchesOf(lines, line.ADDRESS).flatMap(({ address }) =>
    address === undefined ? [] : [{ family: familyOf(address), address }],
  );
  const aliases = matchesOf(lines, line.ALIAS);
  const names = matchesOf(lines, line.NAME);
  // The owner of the first record is the name that was asked for; what follows an alias is its target.
  const answeredName = aliases[0]?.name ?? names[0]?.name;
  if (answeredName === undefined || addresses.length === 0 || addresses.length !== names.length)
    return undefined;
  return {
    answeredName: withoutDot(answeredName),
    addresses: addresses.filter(
      ({ address }, index) => addresses.findIndex((other) => other.address === address) === index,
    ),
    aliases: [...new Set(aliases.map(({ target }) => withoutDot(target ?? '')))],
  };
};
