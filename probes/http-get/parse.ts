/** Reads curl 7.70 to 8.23: its exit status, its JSON report, and of `-v` only the lines that say why a connect failed. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { type AddressError, connectFailure } from '../shared/connect-failure.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, readOutput, type Seen } from '../shared/read-output.ts';
import { systemError } from '../shared/system-error.ts';
import type { HttpGetOutcome, HttpGetQuestion } from './probe.ts';
import { type CurlReport, phasesOf, reportOf } from './report.ts';
import { certificateFailure, handshakeFailure } from './tls-failure.ts';

/** * connect to 10.96.0.7 port 81 from 10.244.0.5 port 54526 failed: Connection refused; before 8.5 without "from" */
const CONNECT_FAILED =
  /^\* {1,3}connect to (?<address>[\da-fA-F.:]{2,45}) port \d{1,5}(?: from \S{1,64} port \d{1,5})? failed: (?<error>.{1,100})$/;
/** * Immediate connect fail for 10.96.0.7: Network is unreachable; in 7.x with two blanks in front */
const IMMEDIATE_FAIL =
  /^\* {1,3}Immediate connect fail for (?<address>[\da-fA-F.:]{2,45}): (?<error>.{1,100})$/;
/** Failed to connect to host port 81 after 0 ms: Connection refused; 7.79 to 7.83 gave the errno's text */
const FAILED_TO_CONNECT =
  /^Failed to connect to \S{1,300}(?: port \d{1,5})?(?: after \d{1,9} ms)?: (?<error>.{1,100})$/;
/** curl: (28) Resolving timed out after 3001 milliseconds */
const CURL_ERROR = /^curl: \((?<code>\d{1,3})\) (?<message>.{1,500})$/;

const RESOLVING = /^Resolving timed out after (?<total>\d{1,9}) milliseconds$/;
const CONNECTING =
  /^(?:Connection timed out after|Connection timeout after|Connection time-out|connect timeout|Failed to connect to) ?.*$/;
const RESET = /Connection reset by peer|Broken pipe|ECONNRESET|errno 104\b|Connection (?:was )?reset/;
const TLS_ALERT = /error:[\dA-Fa-f]{8}:SSL routines::?.{0,80}alert/;

const timeoutPhase = (report: CurlReport, message: string, https: boolean) => {
  if (report.num_connects === 0) {
    if (RESOLVING.test(message)) return 'name';
    return CONNECTING.test(message) || report.time_namelookup > 0 ? 'connect' : 'name';
  }
  // An interim answer (1xx) is not the answer.
  if (report.http_code >= 200) return 'transfer';
  return https && report.time_appconnect === 0 && report.http_code === 0 ? 'tls' : 'first-byte';
};

/** Exit 7. Without `-v`, its prose is the same for refused and unreachable. */
const whyNotConnected = (
  report: CurlReport,
  stderr: readonly string[],
  message: string,
): HttpGetOutcome | undefined => {
  const phases = phasesOf(report);
  const seen = [CONNECT_FAILED, IMMEDIATE_FAIL].flatMap((expression) => matchesOf(stderr, expression));
  const inMessage = FAILED_TO_CONNECT.exec(message)?.groups;
  const matches = seen.length > 0 ? seen : inMessage === undefined ? [] : [inMessage];
  const errors = matches.flatMap(({ address, error }): AddressError[] => {
    const known = systemError(error ?? '');
    return known === undefined ? [] : [{ address: address ?? '', error: known }];
  });
  // One that is not understood could be the one that matters.
  const failure = errors.length === matches.length ? connectFailure(errors) : undefined;
  if (failure === undefined) return { kind: 'connect-failed', phases };
  if (failure.kind === 'timed-out') return { kind: 'timed-out', phase: 'connect', phases };
  if (failure.kind === 'not-permitted') return { kind: 'unreachable', which: 'prohibited', phases };
  return { ...failure, phases };
};

const tlsFailed = (report: CurlReport, message: string, certificate: boolean): HttpGetOutcome => ({
  kind: 'tls-failed',
  why: certificate ? certificateFailure(message, report.ssl_verify_result) : handshakeFailure(message),
  detail: message,
  phases: phasesOf(report),
});

/** Exit 55 and 56: sending or receiving failed. */
const broken = (report: CurlReport, message: string, https: boolean): HttpGetOutcome => {
  const phases = phasesOf(report);
  if (TLS_ALERT.test(message) && report.http_code === 0) return tlsFailed(report, message, false);
  if (report.http_code >= 200) return { kind: 'partial', phases };
  const error = systemError(message.replace(/^(?:Recv|Send) failure: /, ''));
  if (error === 'timed-out')
    return { kind: 'timed-out', phase: timeoutPhase(report, message, https), phases };
  if (error === 'host-unreachable') return { kind: 'unreachable', which: 'host', phases };
  if (error === 'network-unreachable') return { kind: 'unreachable', which: 'network', phases };
  return /unexpected eof|closed abruptly/i.test(message)
    ? { kind: 'empty', phases }
    : { kind: 'reset', phases };
};

const outcomeOf = (exit: number, report: CurlReport, stderr: readonly string[], url: string) => {
  const message = report.errormsg ?? matchesOf(stderr, CURL_ERROR)[0]?.message ?? '';
  const phases = phasesOf(report);
  const https = url.startsWith('https:');
  const connected = report.num_connects > 0;
  switch (exit) {
    case 0:
    // The answer was larger than we wanted; its status line came.
    case 63: {
      if (report.http_code < 200 || report.http_code > 999) return undefined;
      const remoteAddress = report.remote_ip ? { remoteAddress: report.remote_ip } : {};
      const redirect = report.redirect_url ? { redirect: report.redirect_url } : {};
      return { kind: 'responded', status: report.http_code, ...remoteAddress, ...redirect, phases } as const;
    }
    case 6:
      return { kind: 'name-failure', phases } as const;
    case 7:
      return connected ? undefined : whyNotConnected(report, stderr, message);
    case 28:
      return { kind: 'timed-out', phase: timeoutPhase(report, message, https), phases } as const;
    case 35:
      return RESET.test(message) ? ({ kind: 'reset', phases } as const) : tlsFailed(report, message, false);
    case 51:
    case 60:
      return tlsFailed(report, message, true);
    case 52:
      return { kind: 'empty', phases } as const;
    case 18:
      return { kind: 'partial', phases } as const;
    case 55:
    case 56:
    case 92:
      return connected ? broken(report, message, https) : undefined;
    case 1:
      return connected && message.includes('HTTP/0.9') ? ({ kind: 'not-http', phases } as const) : undefined;
    case 8:
    case 16:
    case 61:
      return connected ? ({ kind: 'not-http', phases } as const) : undefined;
    // This curl cannot do what it was asked to: built without it, or without CA certificates.
    case 2:
    case 4:
    case 77:
      return didNotRun('unsupported-tool', message);
    default:
      return undefined;
  }
};

const read = (seen: Seen, { url }: HttpGetQuestion): HttpGetOutcome | DidNotRun | undefined => {
  const stderr = linesOf(seen.stderr);
  const report = seen.cut.includes('stdout') ? undefined : reportOf(linesOf(seen.stdout));
  const told = matchesOf(stderr, CURL_ERROR)[0];
  if (seen.exit === undefined) {
    // curl ≥ 8 waits for its resolver's thread after it has given up: killed then, it has said all that there is.
    const total = RESOLVING.exec(told?.message ?? '')?.groups?.total;
    return total === undefined
      ? undefined
      : { kind: 'timed-out', phase: 'name', phases: { total: Number(total) } };
  }
  if (report === undefined || (report.exitcode !== undefined && report.exitcode !== seen.exit))
    return undefined;
  return outcomeOf(seen.exit, report, stderr, url);
};

export const parseHttpGet = (
  output: ToolOutput,
  question: HttpGetQuestion,
): HttpGetOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
