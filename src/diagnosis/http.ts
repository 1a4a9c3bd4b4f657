/** Reads HTTP requests to one destination together: what went wrong after the connection stood. */
import type { Observation } from '../../probes/index.ts';
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

/** An HTTP status is an answer; from the API server, which is asked for its version, a 5xx is a fault. */
export const faultOf = (observation: HttpGet): Omit<Faulty, 'observation'> | undefined => {
  const seen = measured(observation.outcome);
  switch (seen?.kind) {
    case 'responded':
      return observation.purpose === 'kubernetes-api' && seen.status >= 500
        ? { fault: 'http-server-error', text: `answered with HTTP ${seen.status}` }
        : undefined;
    case 'timed-out':
      if (seen.phase === 'tls') return { fault: 'handshake-failed', text: 'no answer to the TLS handshake' };
      if (seen.phase === 'first-byte') return { fault: 'http-no-answer', text: 'no answer to the request' };
      return seen.phase === 'transfer'
        ? { fault: 'http-empty-or-cut', text: 'the answer began and did not end in time' }
        : undefined;
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

export interface HttpResult {
  /** `not-reached`: no connection to send a request on. */
  readonly state: 'ok' | 'failed' | 'unknown' | 'not-reached' | 'not-asked';
  /** How many requests were asked for. */
  readonly asked: number;
  readonly answered: readonly HttpGet[];
  readonly faulty: readonly Faulty[];
}

/** One answer is enough; a failure counts when every request that was connected failed, and none is left unmeasured. */
export const httpTo = (seen: ReachSeen, purpose: ReachPurpose): HttpResult => {
  const requests = ofPurpose(seen['http-get'], purpose);
  const attempts = attemptsTo({ 'tcp-connect': [], 'http-get': requests }, purpose);
  const connected = attempts.filter(({ connect }) => connect === 'connected');
  const isConnected = (request: HttpGet) =>
    connected.some(({ observation }) => observation.id === request.id);
  const faulty = requests.flatMap((observation) => {
    const fault = faultOf(observation);
    return fault === undefined ? [] : [{ observation, ...fault }];
  });
  const answered = requests.filter(
    (request) => isConnected(request) && !faulty.some(({ observation }) => observation.id === request.id),
  );
  const unmeasured = attempts.some(({ connect }) => connect === 'unmeasured');
  const state =
    requests.length === 0
      ? 'not-asked'
      : answered.length > 0
        ? 'ok'
        : unmeasured
          ? 'unknown'
          : faulty.length > 0
            ? 'failed'
            : 'not-reached';
  return { state, asked: requests.length, answered, faulty };
};

const WHO: Record<ReachPurpose, string> = {
  'kubernetes-api': 'the Kubernetes API',
  internet: 'the internet',
};

/** One draft for each destination whose requests all fail, with those that fail in this way. */
export const httpDrafts = (
  seen: ReachSeen,
  fault: HttpFault,
  more: Pick<FindingDraft, 'next' | 'evidence'> = {},
): readonly FindingDraft[] =>
  REACH_PURPOSES.flatMap((purpose) => {
    const result = httpTo(seen, purpose);
    const hits = result.state === 'failed' ? result.faulty.filter((f) => f.fault === fault) : [];
    const [first] = hits;
    if (first === undefined) return [];
    const urls = listed(hits.map(({ observation }) => observation.question.url));
    return [
      {
        about: purpose,
        confidence: 'likely',
        summary: `A connection to ${WHO[purpose]} stands, then fails: ${first.text} (${urls})`,
        ...more,
        evidence: [
          ...hits.map(({ observation, text }) => `${observation.question.url}: ${text}`),
          ...(more.evidence ?? []),
        ],
      },
    ];
  });
