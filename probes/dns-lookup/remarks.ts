/** What BIND's nslookup remarks on a query: who failed, and why it gave up. */
import type { DidNotRun } from '../../src/model/probe.ts';
import * as dighost from '../shared/dighost.ts';
import { matchesOf } from '../shared/lines.ts';
import { type NameserverFailure, overall } from '../shared/nameserver-failure.ts';
import { didNotRun } from '../shared/read-output.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome } from './probe.ts';
import { type DnsLookupQuestion, triesOf } from './question.ts';

export interface Remarks {
  readonly failures: readonly NameserverFailure[];
  /** `answered`, maybe with nothing that it would print; `unknown`: that, or given up without a word. */
  readonly end: 'answered' | 'gave-up' | 'unknown';
  readonly badReply: boolean;
  /** It gave up, and does not say why. */
  readonly unexplained: boolean;
  readonly truncated: boolean;
  readonly noRecursion: boolean;
  /** Nameservers whose answers it threw away because they do no recursion, once for each answer. */
  readonly passedOver: readonly string[];
}

const isAnswer = (text: string): boolean => line.ANSWER.some((one) => one.test(text));

const endOf = (lines: readonly string[], tries: number): Remarks['end'] => {
  const last = lines.findLastIndex((text) => dighost.REMARK.test(text));
  const text = lines[last] ?? '';
  if (last === -1 || lines.slice(last + 1).some(isAnswer)) return 'answered';
  if (dighost.BAD_REPLY.test(text)) return 'gave-up';
  const connections = lines.filter(dighost.isConnectionFailure);
  // Over TCP, BIND 9.18 says after each try that it gives up; 9.16 never does, and both go on to the next nameserver without a word.
  if (connections.at(-1) === text) return 'unknown';
  if (!dighost.NOBODY.test(text)) return 'answered';
  const isConnection = connections.length > 0 && connections.at(-1) === lines[last - 1];
  return isConnection && connections.length < tries ? 'unknown' : 'gave-up';
};

/** `lines`: all that it printed on one query. undefined: an error that is not known. */
export const remarksIn = (lines: readonly string[], question: DnsLookupQuestion): Remarks | undefined => {
  const failures = dighost.failuresIn(lines);
  if (failures === undefined) return undefined;
  const nobody = matchesOf(lines, dighost.NOBODY);
  const recursion = matchesOf(lines, dighost.NO_RECURSION);
  const truncated = lines.some((text) => dighost.TRUNCATED.test(text));
  const overTcp = truncated || question.transport === 'tcp';
  return {
    failures,
    end: endOf(lines, triesOf(question)),
    badReply: lines.some((text) => dighost.BAD_REPLY.test(text)),
    // Over TCP it has a word for each failure but silence.
    unexplained:
      failures.length === 0 && !overTcp && nobody.some(({ unexplained }) => unexplained !== undefined),
    truncated,
    noRecursion: recursion.length > 0,
    passedOver: recursion.flatMap(({ server, passedOver }) =>
      server === undefined || passedOver === undefined ? [] : [server],
    ),
  };
};

type NoAnswer = Extract<
  DnsLookupOutcome,
  { kind: 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' }
>;

/** What a query came to that nobody answered. */
export const givenUp = ({ failures, badReply, unexplained }: Remarks): NoAnswer => {
  if (failures.length === 0 && badReply) return { kind: 'server-failure', failedServers: [] };
  const outcome = overall(failures);
  return unexplained && outcome.kind === 'timed-out'
    ? { ...outcome, kind: 'timed-out', unexplained }
    : outcome;
};

export const passedOverBy = (servers: readonly string[]): DidNotRun =>
  didNotRun(
    'unsupported-tool',
    `nslookup does not show what ${[...new Set(servers)].join(', ')} answered, because that does no recursion, and asked the next nameserver`,
  );
