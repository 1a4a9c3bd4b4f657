/** Reads curl 7.70 to 8.23: by its exit status and its JSON report; by `-v` why a connect failed, TLS and headers. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { endedLinesOf, linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, readOutput, type Seen } from '../shared/read-output.ts';
import { broken, RESOLVING, type Told, timeoutPhase, tlsFailed } from './after-connect.ts';
import { bodyStartOf, headersOf } from './answer.ts';
import { whyNotConnected } from './not-connected.ts';
import type { HttpGetOutcome } from './probe.ts';
import type { HttpGetQuestion } from './question.ts';
import { type CurlReport, phasesOf, reportOf } from './report.ts';
import { proxyFailure } from './through-proxy.ts';
import { tlsFactsOf } from './tls-facts.ts';

/** curl: (28) Resolving timed out after 3001 milliseconds */
const CURL_ERROR = /^curl: \((?<code>\d{1,3})\) (?<message>.{1,500})$/;

const RESET = /Connection reset by peer|Broken pipe|ECONNRESET|errno 104\b|Connection (?:was )?reset/;
const responded = ({ report, stdout, stderr }: Told): HttpGetOutcome | undefined => {
  const { http_code: status, http_version: version } = report;
  if (status < 200 || status > 999) return undefined;
  const bodyStart = status >= 400 ? bodyStartOf(stdout) : undefined;
  return {
    kind: 'responded',
    status,
    ...(report.remote_ip ? { remoteAddress: report.remote_ip } : {}),
    ...(report.redirect_url ? { redirect: report.redirect_url } : {}),
    ...(version && version !== '0' ? { httpVersion: version } : {}),
    ...headersOf(stderr, status),
    ...(bodyStart === undefined ? {} : { bodyStart }),
    phases: phasesOf(report),
  };
};

const outcomeOf = (told: Told): HttpGetOutcome | DidNotRun | undefined => {
  const { exit, report, stderr, message, question } = told;
  const phases = phasesOf(report);
  const connected = report.num_connects > 0;
  const atProxy = proxyFailure(exit, report, stderr, message, question);
  if (atProxy !== undefined) return atProxy;
  switch (exit) {
    case 0:
    // We read no further (23), or it was larger than allowed (63); its status line came.
    case 23:
    case 63:
      return responded(told);
    // The proxy's name, and the host's.
    case 5:
    case 6:
      return { kind: 'name-failure', phases };
    case 7:
      return connected ? undefined : whyNotConnected(report, stderr, message);
    case 28:
      return { kind: 'timed-out', phase: timeoutPhase(told), phases };
    case 35:
      return RESET.test(message) ? { kind: 'reset', phases } : tlsFailed(told);
    case 51:
    case 60:
      return tlsFailed(told);
    case 52:
      return { kind: 'empty', phases };
    case 18:
      return { kind: 'partial', phases };
    case 55:
    case 56:
    case 92:
      return connected ? broken(told) : undefined;
    case 1:
      return connected && message.includes('HTTP/0.9') ? { kind: 'not-http', phases } : undefined;
    case 8:
    case 16:
    case 61:
      return connected ? { kind: 'not-http', phases } : undefined;
    // This curl cannot do what it was asked to: built without it, or without CA certificates.
    case 2:
    case 4:
    case 77:
      return didNotRun('unsupported-tool', message);
    default:
      return undefined;
  }
};

/** curl 7 reports no error where it cannot open what it is to write to, and exits with 23. */
const isOf = ({ exitcode }: CurlReport, exit: number): boolean =>
  exitcode === undefined || exitcode === exit || (exitcode === 0 && exit === 23);

const read = (seen: Seen, question: HttpGetQuestion): HttpGetOutcome | DidNotRun | undefined => {
  const stderr = linesOf(seen.stderr);
  const error = matchesOf(stderr, CURL_ERROR)[0]?.message ?? '';
  const { exit } = seen;
  if (exit === undefined) {
    // curl ≥ 8 waits for its resolver's thread after it has given up: killed then, it has said all that there is.
    const total = RESOLVING.exec(error)?.groups?.total;
    return total === undefined
      ? undefined
      : { kind: 'timed-out', phase: 'name', phases: { total: Number(total) } };
  }
  const report = seen.cut.includes('stdout') ? undefined : reportOf(endedLinesOf(seen.stdout));
  if (report === undefined || !isOf(report, exit)) return undefined;
  const message = report.errormsg ?? error;
  const outcome = outcomeOf({ exit, report, stdout: seen.stdout, stderr, message, question });
  const tls = tlsFactsOf(exit, report, stderr, question);
  return outcome === undefined || outcome.kind === 'did-not-run' || tls === undefined
    ? outcome
    : { ...outcome, tls };
};

export const parseHttpGet = (
  output: ToolOutput,
  question: HttpGetQuestion,
): HttpGetOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
