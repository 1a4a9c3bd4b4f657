/** How far it came, and what went wrong with a connection that stood. */
import { systemError } from '../shared/system-error.ts';
import type { HttpGetOutcome } from './probe.ts';
import type { HttpGetQuestion } from './question.ts';
import { type CurlReport, phasesOf } from './report.ts';
import { isCertificateExit } from './tls-facts.ts';
import { certificateFailure, handshakeFailure } from './tls-failure.ts';

/** Resolving timed out after 3001 milliseconds */
export const RESOLVING = /^Resolving timed out after (?<total>\d{1,9}) milliseconds$/;
const CONNECTING =
  /^(?:Connection timed out after|Connection timeout after|Connection time-out|connect timeout|Failed to connect to) ?.*$/;
const TLS_ALERT = /error:[\dA-Fa-f]{8}:SSL routines::?.{0,80}alert/;

/** All that was told of one run. */
export interface Told {
  readonly exit: number;
  readonly report: CurlReport;
  readonly stdout: string;
  readonly stderr: readonly string[];
  /** curl's own word on what went wrong; empty where there is none. */
  readonly message: string;
  readonly question: HttpGetQuestion;
}

const isHttps = ({ question }: Told): boolean => /^https:/i.test(question.url);

/** Where it was when the time was up. */
export const timeoutPhase = (told: Told) => {
  const { report, message } = told;
  if (report.num_connects === 0) {
    if (RESOLVING.test(message)) return 'name';
    return CONNECTING.test(message) || report.time_namelookup > 0 ? 'connect' : 'name';
  }
  // An interim answer (1xx) is not the answer.
  if (report.http_code >= 200) return 'transfer';
  return isHttps(told) && report.time_appconnect === 0 && report.http_code === 0 ? 'tls' : 'first-byte';
};

export const tlsFailed = ({ exit, report, message }: Told): HttpGetOutcome => ({
  kind: 'tls-failed',
  why: isCertificateExit(exit)
    ? certificateFailure(message, report.ssl_verify_result)
    : handshakeFailure(message),
  detail: message,
  phases: phasesOf(report),
});

/** Exit 55 and 56: sending or receiving failed. */
export const broken = (told: Told): HttpGetOutcome => {
  const { report, message } = told;
  const phases = phasesOf(report);
  if (TLS_ALERT.test(message) && report.http_code === 0) return tlsFailed(told);
  if (report.http_code >= 200) return { kind: 'partial', phases };
  const error = systemError(message.replace(/^(?:Recv|Send) failure: /, ''));
  if (error === 'timed-out') return { kind: 'timed-out', phase: timeoutPhase(told), phases };
  if (error === 'host-unreachable') return { kind: 'unreachable', which: 'host', phases };
  if (error === 'network-unreachable') return { kind: 'unreachable', which: 'network', phases };
  return /unexpected eof|closed abruptly/i.test(message)
    ? { kind: 'empty', phases }
    : { kind: 'reset', phases };
};
