/** Reads BusyBox's two nslookups, as far as they can be told: neither uses the search list as the pod's resolver does. */
import type { DidNotRun } from '../../src/model/probe.ts';
import { endedLinesOf, linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, type Seen } from '../shared/read-output.ts';
import { resolverError, systemError } from '../shared/system-error.ts';
import { answerIn, distinct, familyOf, overall } from './answer.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome, DnsLookupQuestion, NameserverFailure } from './probe.ts';

/** The search list is not used for a name with a dot in it, so that its absence says nothing about the pod's lookup. */
const skipsSearchList = (name: string): boolean => name.includes('.') && !name.endsWith('.');

/** What stands on stderr: stdout says "timed out" whatever happened. undefined: an error that is not known. */
const failuresIn = (seen: Seen, question: DnsLookupQuestion): readonly NameserverFailure[] | undefined => {
  const lines = linesOf(seen.stderr);
  const errors = [line.WRITE_FAILED, line.CONNECT_FAILED].flatMap((expression) =>
    matchesOf(lines, expression),
  );
  const failures = errors.flatMap(({ server, error }): NameserverFailure[] => {
    const known = systemError(error ?? '');
    if (known === undefined) return [];
    const why =
      known === 'refused' ? 'connection-refused' : known === 'timed-out' ? 'timed-out' : 'unreachable';
    return [{ server: server ?? question.server ?? 'unknown', why }];
  });
  return failures.length === errors.length ? failures : undefined;
};

export const readBusybox = (
  seen: Seen,
  question: DnsLookupQuestion,
): DnsLookupOutcome | DidNotRun | undefined => {
  const lines = endedLinesOf(seen.stdout);
  const server = matchesOf(lines, line.SERVER_ADDRESS)[0]?.busybox;
  const failures = failuresIn(seen, question);
  if (failures === undefined || seen.exit === undefined) return undefined;
  const failedServers = distinct(failures);
  if (server === undefined) return seen.exit === 1 && failures.length > 0 ? overall(failures) : undefined;
  const replies = lines.slice(lines.findIndex((text) => line.SERVER_ADDRESS.test(text)) + 2);
  const unanswered = matchesOf(replies, line.NO_ANSWER).length > 0;
  // One reply a record type, each ended by a blank line; "No answer" stands for a reply that never came.
  const ends = replies.filter((text) => text === '').length;
  if (ends < 2) return undefined;
  const rcodes = matchesOf(replies, line.RCODE).map((match) => line.failureOfRcode(match.rcode ?? ''));
  const failed = rcodes.find((why) => why !== 'not-found') ?? (unanswered ? 'timed-out' : undefined);
  const answer = answerIn(replies);
  if (answer !== undefined) {
    // A name without a dot is asked for under each search domain at once: NXDOMAIN of the others is no fault.
    const partial = failed ?? (rcodes.length > 0 && question.name.includes('.') ? 'not-found' : undefined);
    const base = { kind: 'answered', server, ...answer, failedServers, truncated: false } as const;
    return partial === undefined ? base : { ...base, partial };
  }
  if (matchesOf(replies, line.NAME).length > 0 || matchesOf(replies, line.ADDRESS).length > 0)
    return undefined;
  if (failed === 'timed-out') return { kind: 'timed-out', failedServers: [{ server, why: 'timed-out' }] };
  if (failed !== undefined)
    return seen.exit === 1
      ? { kind: failed === 'query-refused' ? failed : 'server-failure', server, failedServers: [] }
      : undefined;
  if (rcodes.length === 0)
    return didNotRun(
      'unsupported-tool',
      'BusyBox nslookup does not tell an empty answer from a truncated one',
    );
  if (seen.exit !== 1) return undefined;
  return skipsSearchList(question.name)
    ? didNotRun('unsupported-tool', 'BusyBox nslookup does not use the search list for a name with a dot')
    : { kind: 'not-found', server, failedServers };
};

/** Resolves through the C library, and so does use the search list; but it only says that it could not resolve. */
export const readSmallBusybox = (
  seen: Seen,
  question: DnsLookupQuestion,
): DnsLookupOutcome | DidNotRun | undefined => {
  const lines = linesOf(seen.stdout);
  const error = matchesOf(linesOf(seen.stderr), line.SMALL_FAILED)[0];
  const server = matchesOf(lines, line.SMALL_ADDRESS)[0]?.address;
  if (error !== undefined && seen.exit === 1)
    return resolverError(error.error ?? '') === 'absent'
      ? { kind: 'not-found', server, failedServers: [] }
      : didNotRun('unsupported-tool', `this nslookup does not say why it could not resolve ${question.name}`);
  const start = lines.findIndex((text) => line.SMALL_NAME.test(text));
  const name = line.SMALL_NAME.exec(lines[start] ?? '')?.groups?.name;
  const addresses = matchesOf(lines.slice(start + 1), line.SMALL_ADDRESS).flatMap(({ address }) =>
    address === undefined ? [] : [{ family: familyOf(address), address }],
  );
  // The last line must be ended: half an address is another address.
  if (
    seen.exit !== 0 ||
    name === undefined ||
    server === undefined ||
    addresses.length === 0 ||
    !seen.stdout.endsWith('\n')
  )
    return undefined;
  return {
    kind: 'answered',
    server,
    answeredName: name,
    addresses,
    aliases: [],
    failedServers: [],
    truncated: false,
  };
};
