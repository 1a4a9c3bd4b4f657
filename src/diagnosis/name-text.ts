/** Lookups in words. */
import type { FailedLookup, FailureKind } from './name-state.ts';

export const KIND_WORDS: Record<FailureKind, string> = {
  'server-failure': 'SERVFAIL',
  'query-refused': 'REFUSED',
  'timed-out': 'no answer in time',
  'connection-refused': 'port 53 refused',
  unreachable: 'nameserver unreachable',
  'wrong-answer': 'a wrong address',
  'not-found': 'NXDOMAIN',
  'no-data': 'no address records',
};

/** `example.com.: SERVFAIL`, `example.com.: 0.0.0.0, which leads nowhere`, `example.com. asked of 10.96.0.10: SERVFAIL` */
export const failureLine = ({ lookup: { question }, kind, why }: FailedLookup): string =>
  `${question.name}${question.server === undefined ? '' : ` asked of ${question.server}`}: ${why ?? KIND_WORDS[kind]}`;

export const failureLines = (failed: readonly FailedLookup[]): readonly string[] => failed.map(failureLine);
