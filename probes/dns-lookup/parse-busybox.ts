/** Reads BusyBox's two nslookups, as far as they can be told: neither uses the search list as the pod's resolver does. */
import type { DidNotRun } from '../../src/model/probe.ts';
import { endedLinesOf, linesOf, matchesOf } from '../shared/lines.ts';
import { distinct, type NameserverFailure, overall } from '../shared/nameserver-failure.ts';
import { didNotRun, type Seen } from '../shared/read-output.ts';
import { resolverError, systemError } from '../shared/system-error.ts';
import { answerIn, familyOf, pointersIn } from './answer.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome, FamilyResult } from './probe.ts';
import { type DnsLookupQuestion, isRelative } from './question.ts';

/** The search list is not used for a name with a dot in it, so that its absence says nothing about the pod's lookup. */
const skipsSearchList = (question: DnsLookupQuestion): boolean =>
  isRelative(question) && question.name.includes('.');

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

/** The record types that were asked for: one reply each. */
const repliesTo = ({ reverse }: DnsLookupQuestion): number => (reverse === true ? 1 : 2);

type Family = 'ipv4' | 'ipv6';
type Families = NonNullable<DnsLookupOutcome['families']>;
type Partial = Extract<DnsLookupOutcome, { kind: 'answered' }>['partial'];

/** An empty answer cannot be told from a cut one: of a family without an address only an error is known. */
const familiesOf = (addresses: readonly { readonly family: Family }[], partial: Partial): Families => {
  const resultOf = (family: Family): FamilyResult | undefined =>
    addresses.some((address) => address.family === family) ? 'answered' : partial;
  const [ipv4, ipv6] = [resultOf('ipv4'), resultOf('ipv6')];
  return { ...(ipv4 === undefined ? {} : { ipv4 }), ...(ipv6 === undefined ? {} : { ipv6 }) };
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
  if (replies.filter((text) => text === '').length < repliesTo(question)) return undefined;
  const rcodes = matchesOf(replies, line.RCODE).map((match) => line.failureOfRcode(match.rcode ?? ''));
  const failed = rcodes.find((why) => why !== 'not-found') ?? (unanswered ? 'timed-out' : undefined);
  const base = { kind: 'answered', server, failedServers, truncated: false } as const;
  const pointers = question.reverse === true ? pointersIn(replies) : undefined;
  if (pointers !== undefined) return { ...base, ...pointers };
  const answer = answerIn(replies);
  if (answer !== undefined) {
    // A name without a dot is asked for under each search domain at once: NXDOMAIN of the others is no fault.
    const partial = failed ?? (rcodes.length > 0 && question.name.includes('.') ? 'not-found' : undefined);
    const families = familiesOf(answer.addresses, partial);
    return partial === undefined
      ? { ...base, ...answer, families }
      : { ...base, ...answer, partial, families };
  }
  const isBroken = [line.NAME, line.ADDRESS, line.POINTER].some((one) => matchesOf(replies, one).length > 0);
  if (isBroken) return undefined;
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
  return skipsSearchList(question)
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
