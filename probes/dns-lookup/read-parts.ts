/** What BIND's nslookup says of a lookup that a nameserver answered, once its output is in its parts. */
import type { DidNotRun } from '../../src/model/probe.ts';
import { REMARK } from '../shared/dighost.ts';
import { distinct } from '../shared/nameserver-failure.ts';
import { aliasesIn, type answerIn, type pointersIn, withoutDot } from './answer.ts';
import * as line from './lines.ts';
import type { DnsLookupOutcome } from './probe.ts';
import { type DnsLookupQuestion, isRelative } from './question.ts';
import { givenUp, passedOverBy, type Remarks } from './remarks.ts';

/** What nslookup printed, in its parts. */
export interface Parts {
  readonly question: DnsLookupQuestion;
  /** Its exit status is that of a failure, or it was killed. */
  readonly failed: boolean;
  readonly server: string;
  readonly first: Remarks;
  /** The answers, and remarks between them. */
  readonly rest: readonly string[];
  readonly second: Remarks;
  /** How a query ended that was answered with an error. */
  readonly error: { readonly why: ReturnType<typeof line.failureOfRcode>; readonly name: string } | undefined;
}

export const toldOf = (...remarks: readonly Remarks[]): { readonly recursionUnavailable?: true } =>
  remarks.some(({ noRecursion }) => noRecursion) ? { recursionUnavailable: true } : {};

/** A nameserver gave an answer that holds addresses or names. */
export const readAnswered = (
  { question, failed, server, first, second, error }: Parts,
  answer: NonNullable<ReturnType<typeof answerIn> | ReturnType<typeof pointersIn>>,
): DnsLookupOutcome | DidNotRun | undefined => {
  if (failed && error === undefined && second.end === 'answered') return undefined;
  // More than one answer was thrown away: the pod's resolver may find the name by an earlier search domain.
  if (isRelative(question) && first.passedOver.length > 1) return passedOverBy(first.passedOver);
  const isUnknown = second.passedOver.length > 0 || second.end === 'unknown';
  const other = error?.why ?? (second.end === 'gave-up' ? givenUp(second).kind : undefined);
  const partial = isUnknown ? undefined : other;
  const failures = [...first.failures, ...second.failures];
  const families = answer.addresses.map(({ family }) => family);
  const ipv6 = families.includes('ipv6') ? 'answered' : (partial ?? (isUnknown ? undefined : 'no-data'));
  return {
    kind: 'answered',
    server,
    ...answer,
    // The server that answered is not a failed one, though its other answer failed: `partial` says that.
    failedServers: distinct(
      partial === undefined ? failures : failures.filter((failure) => failure.server !== server),
    ),
    truncated: first.truncated || second.truncated,
    ...(partial === undefined ? {} : { partial }),
    ...(question.reverse === true
      ? {}
      : {
          families: {
            ipv4: families.includes('ipv4') ? 'answered' : 'no-data',
            ...(ipv6 === undefined ? {} : { ipv6 }),
          },
        }),
    ...toldOf(first, second),
  };
};

/** Lines that show that A was answered without an error, so that what failed after them is AAAA. */
const AFTER_FIRST: readonly RegExp[] = [line.NOT_AUTHORITATIVE, line.ALIAS, REMARK];

/** The answers hold none, or are errors. */
export const readEmpty = ({
  question,
  failed,
  server,
  first,
  rest,
  second,
  error,
}: Parts): DnsLookupOutcome | DidNotRun | undefined => {
  const passedOver = [...first.passedOver, ...second.passedOver];
  const failures = [...first.failures, ...second.failures];
  const told = toldOf(first, second);
  if (error !== undefined && failed) {
    if (passedOver.length > 0) return passedOverBy(passedOver);
    const isSecond = rest.some((text) => AFTER_FIRST.some((one) => one.test(text)));
    return {
      kind: error.why,
      server,
      failedServers: distinct(failures.filter((failure) => failure.server !== server)),
      lastName: withoutDot(error.name),
      ...(isSecond && question.reverse !== true ? { families: { ipv4: 'no-data', ipv6: error.why } } : {}),
      ...told,
    };
  }
  const aliases = aliasesIn(rest).targets;
  // Of two empty answers it would say so.
  const gaveUp = second.end === 'gave-up' || (second.end === 'unknown' && aliases.length === 0);
  if (error === undefined && gaveUp) {
    if (passedOver.length > 0) return passedOverBy(passedOver);
    const outcome = givenUp(second);
    return { ...outcome, families: { ipv4: 'no-data', ipv6: outcome.kind }, ...told };
  }
  const isEmpty =
    (aliases.length > 0 && second.end === 'answered') || rest.some((text) => line.NO_ANSWER.test(text));
  if (failed || error !== undefined || !isEmpty) return undefined;
  if (passedOver.length > 0) return passedOverBy(passedOver);
  return {
    kind: 'no-data',
    server,
    failedServers: distinct(failures),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(question.reverse === true ? {} : { families: { ipv4: 'no-data', ipv6: 'no-data' } }),
    ...told,
  };
};
