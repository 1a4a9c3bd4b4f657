/** Reads HTTP requests to one destination together: what went wrong after the connection stood. */
import type { Observation } from '../../probes/index.ts';
import type { InternetMode } from '../model/case.ts';
import type { FindingDraft } from '../model/rule.ts';
import { measured, ofPurpose } from './observed.ts';
import { attemptsTo, REACH_PURPOSES, type ReachPurpose, type ReachSeen } from './reach.ts';
import { listed } from './wording.ts';

type HttpGet = Extract<Observation, { probe: 'http-get' }>;

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

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).hostname : undefined);

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
  const mustServe = observation.purpose === 'kubernetes-api' || mode === 'custom';
  switch (seen?.kind) {
    case 'responded':
      return mustServe && seen.status >= 500
        ? { fault: 'http-server-error', text: `answered with HTTP ${seen.status}` }
        : undefined;
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
const doubtOf = (observation: HttpGet): Omit<Faulty, 'observation'> | undefined => {
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

export interface HttpResult {
  /** `not-reached`: no connection to send a request on. */
  readonly state: 'ok' | 'failed' | 'unknown' | 'not-reached' | 'not-asked';
  /** How many requests were asked for. */
  readonly asked: number;
  readonly answered: readonly HttpGet[];
  readonly faulty: readonly Faulty[];
  /** Answers in doubt, where every answer is: it passes, with a warning. */
  readonly doubtful: readonly Faulty[];
}

/**
 * One answer is enough; a failure counts when every request that was connected failed, and none is left unmeasured. Of URLs that the
 * user named each must answer.
 */
export const httpTo = (
  seen: ReachSeen,
  purpose: ReachPurpose,
  mode: InternetMode | undefined,
): HttpResult => {
  const requests = ofPurpose(seen['http-get'], purpose);
  const attempts = attemptsTo({ 'tcp-connect': [], 'http-get': requests }, purpose);
  const connected = attempts.filter(({ connect }) => connect === 'connected');
  const isConnected = (request: HttpGet) =>
    connected.some(({ observation }) => observation.id === request.id);
  const faulty = requests.flatMap((observation) => {
    const fault = faultOf(observation, mode);
    return fault === undefined ? [] : [{ observation, ...fault }];
  });
  const answered = requests.filter(
    (request) => isConnected(request) && !faulty.some(({ observation }) => observation.id === request.id),
  );
  const unmeasured = attempts.some(({ connect }) => connect === 'unmeasured');
  const eachMust = purpose === 'internet' && mode === 'custom';
  const doubtful = answered.flatMap((observation) => {
    const doubt = mode === 'custom' ? undefined : doubtOf(observation);
    return doubt === undefined ? [] : [{ observation, ...doubt }];
  });
  const state = (): HttpResult['state'] => {
    if (requests.length === 0) return 'not-asked';
    if (eachMust && faulty.length > 0) return 'failed';
    if (answered.length > 0 && !(eachMust && unmeasured)) return 'ok';
    if (unmeasured) return 'unknown';
    return faulty.length > 0 ? 'failed' : 'not-reached';
  };
  return {
    state: state(),
    asked: requests.length,
    answered,
    faulty,
    doubtful: doubtful.length === answered.length ? doubtful : [],
  };
};

const WHO: Record<ReachPurpose, string> = {
  'kubernetes-api': 'the Kubernetes API',
  internet: 'the internet',
};

/**
 * One draft for each destination whose requests all fail, with those that fail in this way; a warning where they are answered, and
 * every answer is in doubt.
 */
export const httpDrafts = (
  seen: ReachSeen,
  mode: InternetMode | undefined,
  fault: HttpFault,
  more: Pick<FindingDraft, 'next' | 'evidence'> = {},
): readonly FindingDraft[] =>
  REACH_PURPOSES.flatMap((purpose): readonly FindingDraft[] => {
    const { state, faulty, doubtful } = httpTo(seen, purpose, mode);
    const hits = (state === 'failed' ? faulty : state === 'ok' ? doubtful : []).filter(
      (f) => f.fault === fault,
    );
    const [first] = hits;
    if (first === undefined) return [];
    const urls = listed(hits.map(({ observation }) => observation.question.url));
    const told = hits.map(({ observation, text }) => `${observation.question.url}: ${text}`);
    if (state === 'ok')
      return [
        {
          about: purpose,
          severity: 'warning',
          confidence: 'possible',
          summary: `No site outside gives an answer that is surely its own: ${listed(told)}`,
          evidence: [
            'a proxy, a firewall or a captive portal that answers in place of the sites looks like this; so does an outage of them',
          ],
          next: hits.map(({ observation }) => `curl -v ${observation.question.url}`),
        },
      ];
    return [
      {
        about: purpose,
        confidence: 'likely',
        summary: `A connection to ${WHO[purpose]} stands, then fails: ${first.text} (${urls})`,
        ...more,
        evidence: [...told, ...(more.evidence ?? [])],
      },
    ];
  });
