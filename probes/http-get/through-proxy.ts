/** What became of the tunnel that was asked of a proxy. curl gives it one exit status with what happens inside of the tunnel. */
import { headersOf } from './answer.ts';
import type { HttpGetOutcome } from './probe.ts';
import type { HttpGetQuestion } from './question.ts';
import { type CurlReport, phasesOf } from './report.ts';

const PROXY_AUTHENTICATION_REQUIRED = 407;

type ProxyFailed = Extract<HttpGetOutcome, { readonly kind: 'proxy-failed' }>;

const refused = (report: CurlReport, status: number, stderr: readonly string[]): ProxyFailed => ({
  kind: 'proxy-failed',
  why: 'refused',
  status,
  ...headersOf(stderr, status),
  phases: phasesOf(report),
});

const whyOf = (exit: number, message: string, stderr: readonly string[]): ProxyFailed['why'] | undefined => {
  switch (exit) {
    case 28:
      return 'timed-out';
    case 8:
      return 'not-http';
    case 52:
      return 'closed';
    case 55:
    case 56:
      // curl 7 says "aborted" of an answer that is no HTTP as well, and shows it.
      if (stderr.some((line) => line.startsWith('< ') && !line.startsWith('< HTTP/'))) return 'not-http';
      return /reset|Broken pipe/i.test(message) ? 'reset' : 'closed';
    default:
      return undefined;
  }
};

/** undefined: no proxy was asked, or it did what it was asked for, or it was not reached. */
export const proxyFailure = (
  exit: number,
  report: CurlReport,
  stderr: readonly string[],
  message: string,
  { url, proxy }: HttpGetQuestion,
): ProxyFailed | undefined => {
  if (proxy === undefined || report.num_connects === 0) return undefined;
  if (report.http_code === PROXY_AUTHENTICATION_REQUIRED) return refused(report, report.http_code, stderr);
  const { http_connect: answer = 0 } = report;
  if (!/^https:/i.test(url) || (answer >= 200 && answer <= 299)) return undefined;
  if (answer >= 300) return refused(report, answer, stderr);
  const why = whyOf(exit, message, stderr);
  return why === undefined ? undefined : { kind: 'proxy-failed', why, phases: phasesOf(report) };
};
