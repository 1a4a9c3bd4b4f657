/** Reads nslookup. The sections of its output, in order: what went wrong, the server that answered, its answers, a blank line. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { endedLinesOf, linesOf, matchesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { answerIn, distinct, overall } from './answer.ts';
import * as line from './lines.ts';
import { readBusybox, readSmallBusybox } from './parse-busybox.ts';
import type { DnsLookupOutcome, DnsLookupQuestion, NameserverFailure } from './probe.ts';

const failureOnLine = (text: string): NameserverFailure | undefined => {
  const query = line.QUERY_FAILED.exec(text)?.groups;
  const setup = line.SETUP_FAILED.exec(text)?.groups;
  const servfail = line.SERVFAIL_REPLY.exec(text)?.groups;
  if (servfail?.server !== undefined) return { server: servfail.server, why: 'server-failure' };
  const found = query ?? setup;
  const why = line.failureOfResult(found?.error ?? '');
  if (found?.server === undefined || why === undefined) return undefined;
  return setup?.how === 'Connection to'
    ? { server: found.server, why, transport: 'tcp' }
    : { server: found.server, why };
};

const READABLE: readonly RegExp[] = [
  line.SERVER,
  line.SERVER_ADDRESS,
  line.NOT_AUTHORITATIVE,
  line.NAME,
  line.ADDRESS,
  line.ALIAS,
  line.RECORD,
  line.RCODE,
  line.NO_ANSWER,
  line.NOBODY,
  /^;; .*$/,
  /^$/,
];

/** BIND. Its output ends with a blank line; without that, part of the answer may be missing. */
const readBind = (seen: Seen): DnsLookupOutcome | undefined => {
  const lines = endedLinesOf(seen.stdout);
  const last = lines.findLastIndex(
    (text) => text !== '' && READABLE.some((expression) => expression.test(text)),
  );
  if (last === -1 || lines[last + 1] !== '') return undefined;

  const failures = lines.flatMap((text) => failureOnLine(text) ?? []);
  const rcode = matchesOf(lines, line.RCODE).map((match) => line.failureOfRcode(match.rcode ?? ''))[0];
  const nobody = lines.some((text) => line.NOBODY.test(text));
  const server = matchesOf(lines, line.SERVER_ADDRESS).map(({ bind }) => bind)[0];
  const answer = answerIn(lines);
  const failed = seen.exit === undefined || seen.exit > 0;

  if (answer !== undefined) {
    if (server === undefined || (failed && rcode === undefined && !nobody)) return undefined;
    const partial = rcode ?? (nobody ? (failures.at(-1)?.why ?? 'timed-out') : undefined);
    const truncated = lines.some((text) => line.TRUNCATED.test(text));
    // The server that answered is not a failed one, though its other answer failed: `partial` says that.
    const failedServers = distinct(
      partial === undefined ? failures : failures.filter((failure) => failure.server !== server),
    );
    return {
      kind: 'answered',
      server,
      ...answer,
      failedServers,
      truncated,
      ...(partial === undefined ? {} : { partial }),
    };
  }
  if (matchesOf(lines, line.NAME).length > 0) return undefined;
  if (rcode !== undefined) {
    const failedServers = distinct(failures.filter((failure) => failure.server !== server));
    return failed && server !== undefined ? { kind: rcode, server, failedServers } : undefined;
  }
  if (nobody) return failed ? overall(failures) : undefined;
  if (lines.some((text) => line.NO_ANSWER.test(text)) && server !== undefined)
    return { kind: 'no-data', server, failedServers: distinct(failures) };
  return undefined;
};

const read = (seen: Seen, question: DnsLookupQuestion): DnsLookupOutcome | DidNotRun | undefined => {
  if (seen.cut.includes('stdout')) return undefined;
  const both = [...linesOf(seen.stdout), ...linesOf(seen.stderr)];
  if (both.some((text) => line.SMALL_ADDRESS.test(text) || line.SMALL_FAILED.test(text)))
    return readSmallBusybox(seen, question);
  const servers = new Set(matchesOf(both, line.SERVER_ADDRESS).map(({ bind, busybox }) => bind ?? busybox));
  if (servers.size > 1) return undefined;
  const isBusybox = both.some(
    (text) =>
      line.SERVER_ADDRESS.exec(text)?.groups?.busybox !== undefined ||
      line.WRITE_FAILED.test(text) ||
      line.CONNECT_FAILED.test(text),
  );
  return isBusybox ? readBusybox(seen, question) : readBind(seen);
};

export const parseDnsLookup = (
  output: ToolOutput,
  question: DnsLookupQuestion,
): DnsLookupOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
