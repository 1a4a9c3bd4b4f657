/** Reads one HTTP request: what went wrong with it after the connection stood. */
import type { Observation } from '../../probes/index.ts';
import type { InternetMode } from '../model/case.ts';
import { proxyWordOf } from './mesh-words.ts';
import { measured } from './observed.ts';
import { hostOf } from './reach.ts';

export type HttpGet = Extract<Observation, { probe: 'http-get' }>;

/** Ids of the findings that such faults lead to. */
export type HttpFault =
  | 'handshake-failed'
  | 'not-tls'
  | 'http-server-error'
  | 'http-no-answer'
  | 'http-empty-or-cut'
  | 'connection-reset';

export interface Faulty {
  readonly observation: HttpGet;
  readonly fault: HttpFault;
  /** `no answer to the TLS handshake` */
  readonly text: string;
}

/** What proxies and captive portals answer for a site that they do not reach, or hide. */
const GATEWAY_ERRORS: readonly number[] = [502, 503, 504, 511];

/** A redirect to `www.` of the same site, or up from it, is the site's own. */
const leadsAway = (url: string, redirect: string | undefined): boolean => {
  const [from, to] = [hostOf(url), redirect === undefined ? undefined : hostOf(redirect)];
  return (
    from !== undefined &&
    to !== undefined &&
    from !== to &&
    !to.endsWith(`.${from}`) &&
    !from.endsWith(`.${to}`)
  );
};

/**
 * An HTTP status is an answer. From the API server, which is asked for its version, and from a URL that the user named, a 5xx is
 * a fault.
 */
export const faultOf = (
  observation: HttpGet,
  mode: InternetMode | undefined,
): Omit<Faulty, 'observation'> | undefined => {
  const seen = measured(observation.outcome);
  const mustServe = observation.purpose !== 'internet' || mode === 'custom';
  switch (seen?.kind) {
    case 'responded': {
      // A mesh that answers in its place is no answer of the destination, whatever the status.
      const word = proxyWordOf(seen);
      if (word?.sure === true && seen.status < 500 && observation.purpose.startsWith('destination'))
        return {
          fault: 'http-server-error',
          text: `HTTP ${seen.status} from ${word.proxy}: ${word.meaning}`,
        };
      return mustServe && seen.status >= 500
        ? { fault: 'http-server-error', text: `answered with HTTP ${seen.status}` }
        : undefined;
    }
    case 'timed-out':
      if (seen.phase === 'tls') return { fault: 'handshake-failed', text: 'no answer to the TLS handshake' };
      if (seen.phase === 'first-byte') return { fault: 'http-no-answer', text: 'no answer to the request' };
      return seen.phase === 'transfer' && mustServe ? CUT : undefined;
    case 'tls-failed':
      if (seen.why === 'not-tls') return { fault: 'not-tls', text: 'what answers there does not speak TLS' };
      // A certificate that is not trusted came over a working network: only the handshake itself is asked about.
      return seen.why === 'handshake' || seen.why === 'protocol-version'
        ? { fault: 'handshake-failed', text: `the TLS handshake failed (${seen.detail})` }
        : undefined;
    case 'reset':
      return { fault: 'connection-reset', text: 'the connection was reset after it stood' };
    case 'empty':
      return { fault: 'http-empty-or-cut', text: 'the connection was closed without an answer' };
    case 'partial':
      return { fault: 'http-empty-or-cut', text: 'the answer broke off' };
    case 'not-http':
      return { fault: 'http-empty-or-cut', text: 'something answered, but not HTTP' };
    default:
      return undefined;
  }
};
const CUT = { fault: 'http-empty-or-cut', text: 'the answer began and did not end in time' } as const;

/** An answer, but not surely of the site that was asked. Where every default site answers so, it is told as a warning. */
export const doubtOf = (observation: HttpGet): Omit<Faulty, 'observation'> | undefined => {
  const seen = measured(observation.outcome);
  if (observation.purpose !== 'internet') return undefined;
  if (seen?.kind === 'timed-out') return seen.phase === 'transfer' ? CUT : undefined;
  if (seen?.kind !== 'responded') return undefined;
  if (GATEWAY_ERRORS.includes(seen.status))
    return { fault: 'http-server-error', text: `answered with HTTP ${seen.status}` };
  return leadsAway(observation.question.url, seen.redirect)
    ? {
        fault: 'http-server-error',
        text: `is redirected to another host (${hostOf(seen.redirect ?? '') ?? ''})`,
      }
    : undefined;
};
