/**
 * Reads BIND's nslookup. In order: remarks on the first query, the server that answered it, its answer, remarks on the AAAA
 * query, its answer, a blank line. AAAA is asked for once A has been answered without an error.
 */
import type { DidNotRun } from '../../src/model/probe.ts';
import { endedLinesOf, matchesOf } from '../shared/lines.ts';
import type { Seen } from '../shared/read-output.ts';
import { answerIn, pointersIn } from './answer.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome } from './probe.ts';
import type { DnsLookupQuestion } from './question.ts';
import { type Parts, readAnswered, readEmpty, toldOf } from './read-parts.ts';
import { givenUp, passedOverBy, remarksIn } from './remarks.ts';

/** No nameserver gave an answer that nslookup took. */
const readUnanswered = (lines: readonly string[], failed: boolean, question: DnsLookupQuestion) => {
  const remarks = remarksIn(lines, question);
  if (remarks === undefined) return undefined;
  const holdsAnswer = [line.NAME, line.ALIAS, line.RCODE].some((one) => lines.some((text) => one.test(text)));
  if (!failed || holdsAnswer || (remarks.failures.length === 0 && remarks.end !== 'gave-up'))
    return undefined;
  return remarks.passedOver.length > 0
    ? passedOverBy(remarks.passedOver)
    : { ...givenUp(remarks), ...toldOf(remarks) };
};

export const readBind = (
  seen: Seen,
  question: DnsLookupQuestion,
): DnsLookupOutcome | DidNotRun | undefined => {
  const lines = endedLinesOf(seen.stdout);
  const last = lines.findLastIndex((text) => line.READABLE.some((one) => one.test(text)));
  // Without the blank line, part of the answer may be missing.
  if (last === -1 || lines[last + 1] !== '') return undefined;
  const failed = seen.exit === undefined || seen.exit > 0;
  const at = lines.findIndex((text) => line.SERVER_ADDRESS.test(text));
  const server = line.SERVER_ADDRESS.exec(lines[at] ?? '')?.groups?.bind;
  if (server === undefined) return readUnanswered(lines, failed, question);
  const beside = lines.findIndex((text) => line.BESIDE.test(text));
  const rest = lines.slice(at + 1, beside === -1 ? undefined : beside);
  const first = remarksIn(lines.slice(0, at), question);
  const second = remarksIn(rest, question);
  if (first === undefined || second === undefined) return undefined;
  const rcode = matchesOf(rest, line.RCODE)[0];
  const parts: Parts = {
    question,
    failed,
    server,
    first,
    rest,
    second,
    error:
      rcode === undefined
        ? undefined
        : { why: line.failureOfRcode(rcode.rcode ?? ''), name: rcode.name ?? '' },
  };
  const answer = question.reverse === true ? pointersIn(rest) : answerIn(rest);
  if (answer !== undefined) return readAnswered(parts, answer);
  const isBroken = [line.NAME, line.ADDRESS, line.POINTER].some((one) => matchesOf(rest, one).length > 0);
  return isBroken ? undefined : readEmpty(parts);
};
