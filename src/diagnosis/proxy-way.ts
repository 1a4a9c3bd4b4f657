/** Reads one request for how it went as a whole, through a proxy or without. */
import type { OutcomeOf } from '../../probes/index.ts';

type Outcome = OutcomeOf<'http-get'>;

/** What proxies answer for a site that they do not reach, or will not. */
const PROXY_ERRORS: readonly number[] = [407, 502, 503, 504, 511];

/** undefined: not measured, or it began and did not end. */
export const wayOf = (outcome: Outcome): 'works' | 'fails' | undefined => {
  switch (outcome.kind) {
    case 'did-not-run':
    case 'unreadable':
    case 'partial':
      return undefined;
    case 'responded':
      return PROXY_ERRORS.includes(outcome.status) ? 'fails' : 'works';
    case 'timed-out':
      return outcome.phase === 'transfer' ? undefined : 'fails';
    case 'tls-failed':
      // A certificate that is not liked came over a way that works.
      return ['handshake', 'not-tls', 'protocol-version'].includes(outcome.why) ? 'fails' : 'works';
    case 'refused':
    case 'unreachable':
    case 'connect-failed':
    case 'name-failure':
    case 'proxy-failed':
    case 'reset':
    case 'not-http':
    case 'empty':
      return 'fails';
  }
};

const PHASES = {
  name: 'its name did not resolve in time',
  connect: 'no answer in time',
  tls: 'no answer to the TLS handshake',
  'first-byte': 'no answer to the request',
  transfer: 'the answer did not end in time',
} as const;

const PROXY_FAILURES = {
  refused: 'it refused the request',
  'timed-out': 'it gave no answer in time',
  closed: 'it closed the connection',
  reset: 'it reset the connection',
  'not-http': 'what answers there is no HTTP proxy',
} as const;

/** `no answer in time`, `HTTP 200` */
export const wayWords = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'did-not-run':
    case 'unreadable':
      return 'not measured';
    case 'responded':
      return `HTTP ${outcome.status}`;
    case 'timed-out':
      return PHASES[outcome.phase];
    case 'proxy-failed':
      return `${PROXY_FAILURES[outcome.why]}${outcome.status === undefined ? '' : ` (HTTP ${outcome.status})`}`;
    case 'tls-failed':
      return `the TLS handshake failed (${outcome.detail})`;
    case 'refused':
      return 'the connection is refused';
    case 'unreachable':
      return 'it is unreachable';
    case 'connect-failed':
      return 'it could not be connected to';
    case 'name-failure':
      return 'its name does not resolve';
    case 'reset':
      return 'the connection is reset';
    case 'not-http':
      return 'no HTTP came back';
    case 'empty':
      return 'the connection is closed without an answer';
    case 'partial':
      return 'the answer broke off';
  }
};
