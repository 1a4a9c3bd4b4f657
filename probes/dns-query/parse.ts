/** Reads dig: remarks on tries that failed, then the message that answered, in its sections, and at last by whom and when. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import * as dighost from '../shared/dighost.ts';
import { endedLinesOf, matchesOf } from '../shared/lines.ts';
import { type NameserverFailure, overall } from '../shared/nameserver-failure.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import * as line from './lines.ts';
import type { DnsQueryOutcome, DnsQueryQuestion, DnsRecord } from './probe.ts';

/** dig's exit status where no nameserver answered. */
const NO_REPLY = 9;
const NAME_FAILURES: readonly number[] = [1, 10];

const withoutDot = (name: string): string => name.replace(/(?<=.)\.$/, '');

/** undefined: one of them cannot be read. */
const recordsIn = (lines: readonly string[]): readonly DnsRecord[] | undefined => {
  const start = lines.findIndex((text) => line.ANSWER_SECTION.test(text));
  if (start === -1) return [];
  const end = lines.indexOf('', start);
  const section = lines.slice(start + 1, end === -1 ? undefined : end);
  const records = matchesOf(section, line.RECORD).map(({ name = '', ttl, type = '', data = '' }) => ({
    name: withoutDot(name),
    ttl: Number(ttl),
    type,
    data,
  }));
  return records.length === section.length ? records : undefined;
};

const transportOf = (
  told: string | undefined,
  retriedOverTcp: boolean,
  { transport }: DnsQueryQuestion,
): 'udp' | 'tcp' => {
  if (told !== undefined) return told === 'TCP' ? 'tcp' : 'udp';
  return retriedOverTcp ? 'tcp' : (transport ?? 'udp');
};

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

const readResponse = (
  remarks: readonly string[],
  lines: readonly string[],
  question: DnsQueryQuestion,
): DnsQueryOutcome | undefined => {
  const rcode = line.HEADER.exec(lines[0] ?? '')?.groups?.rcode;
  const head = line.FLAGS.exec(lines[1] ?? '')?.groups;
  const asked = matchesOf(lines, line.QUESTION)[0];
  const answers = recordsIn(lines);
  // A SERVFAIL that is not followed by another nameserver's answer is this answer itself.
  const failedTries = dighost.failuresIn(
    remarks.filter((text) => !dighost.SERVFAIL_REPLY.test(text) || text.endsWith(', trying next server')),
  );
  if (rcode === undefined || head === undefined || answers === undefined || failedTries === undefined)
    return undefined;
  if (answers.length !== Number(head.answers)) return undefined;
  if (asked !== undefined && asked.type !== question.type) return undefined;
  const flags = head.flags?.split(' ') ?? [];
  const by = matchesOf(lines, line.ANSWERED_BY)[0];
  const retriedOverTcp = remarks.some((text) => dighost.TRUNCATED.test(text));
  const server = by?.server ?? question.server;
  const queryMs = numberOf(matchesOf(lines, line.QUERY_TIME)[0]?.ms);
  const sizeBytes = numberOf(matchesOf(lines, line.SIZE)[0]?.bytes);
  return {
    kind: 'response',
    ...(asked?.name === undefined ? {} : { askedName: withoutDot(asked.name) }),
    rcode,
    flags: {
      aa: flags.includes('aa'),
      tc: flags.includes('tc'),
      rd: flags.includes('rd'),
      ra: flags.includes('ra'),
      ad: flags.includes('ad'),
    },
    answers,
    ...(server === undefined ? {} : { server }),
    transport: transportOf(by?.transport, retriedOverTcp, question),
    retriedOverTcp,
    ...(queryMs === undefined ? {} : { queryMs }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    failedTries,
  };
};

const unanswered = (failedTries: readonly NameserverFailure[], unexplained: boolean): DnsQueryOutcome => {
  const { kind } = overall(failedTries);
  return kind === 'timed-out' && unexplained ? { kind, failedTries, unexplained } : { kind, failedTries };
};

const readFailure = (
  { exit, stderr }: Seen,
  lines: readonly string[],
  question: DnsQueryQuestion,
): DnsQueryOutcome | undefined => {
  if (exit === NO_REPLY) {
    const failedTries = dighost.failuresIn(lines);
    const nobody = matchesOf(lines, dighost.NOBODY);
    if (failedTries === undefined || (failedTries.length === 0 && nobody.length === 0)) return undefined;
    const isUdp = question.transport !== 'tcp' && !lines.some((text) => dighost.TRUNCATED.test(text));
    const unexplained = nobody.some((match) => match.unexplained !== undefined);
    return unanswered(failedTries, isUdp && unexplained && failedTries.length === 0);
  }
  if (exit === 0) {
    // It got something that is no answer, and ends without another word.
    const last = lines.filter((text) => text !== '').slice(-1);
    const failedTries = dighost.failuresIn(lines);
    const isBad = lines.some((text) => dighost.BAD_REPLY.test(text));
    const endsBadly = last.some((text) => dighost.BAD_REPLY.test(text) || dighost.DUMP.test(text));
    if (failedTries === undefined) return undefined;
    if (isBad && endsBadly) return { kind: 'server-failure', failedTries };
    // BIND 9.16, of a connection that was reset: with an empty line behind it, which later ones do not print.
    const isReset = lines.at(-1) === '' && last.some((text) => dighost.QUERY_FAILED.test(text));
    return isReset ? unanswered(failedTries, false) : undefined;
  }
  const errors = endedLinesOf(stderr);
  if (exit === undefined || !NAME_FAILURES.includes(exit) || lines.length > 0) return undefined;
  const text = errors.find((one) => dighost.BAD_NAME.test(one) || line.BAD_SERVER.test(one));
  if (text === undefined) return undefined;
  return { kind: 'name-failure', of: dighost.BAD_NAME.test(text) ? 'name' : 'server', text };
};

const read = (seen: Seen, question: DnsQueryQuestion): DnsQueryOutcome | undefined => {
  if (seen.cut.includes('stdout')) return undefined;
  const lines = endedLinesOf(seen.stdout);
  const headers = lines.filter((text) => line.HEADER.test(text)).length;
  if (headers === 0) return readFailure(seen, lines, question);
  const start = lines.findIndex((text) => line.HEADER.test(text));
  return headers === 1 && seen.exit === 0
    ? readResponse(lines.slice(0, start), lines.slice(start), question)
    : undefined;
};

export const parseDnsQuery = (
  output: ToolOutput,
  question: DnsQueryQuestion,
): DnsQueryOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
