/** Ids of the findings that tell how a destination fails: what the causes behind it explain. */
import type { HttpFault } from '../http-fault.ts';
import type { ConnectFailure } from '../reach.ts';

const CONNECT: Readonly<Record<ConnectFailure, string>> = {
  refused: 'connection-refused',
  'timed-out': 'connection-timed-out',
  reset: 'connection-reset',
  unreachable: 'host-unreachable',
  'not-permitted': 'host-unreachable',
  'connect-failed': 'host-unreachable',
};

/** As the connections themselves fail, and as they come and go where one endpoint of several does. */
export const connectSymptoms = (kinds: readonly ConnectFailure[]): readonly string[] =>
  [...new Set(kinds.map((kind) => CONNECT[kind]))].flatMap((id) => [
    `${id}/destination`,
    `${id}/intermittent`,
  ]);

export const httpSymptoms = (faults: readonly HttpFault[]): readonly string[] =>
  [...new Set(faults)].map((fault) => `${fault}/destination`);

/**
 * Nothing, or nothing that serves, stands behind: kube-proxy rejects it, others drop it, what answers in its place (a sidecar, an Ingress)
 * says 503, and what was led there a moment ago hangs.
 */
export const NOTHING_BEHIND: readonly string[] = [
  ...connectSymptoms(['refused', 'timed-out', 'reset', 'unreachable']),
  ...httpSymptoms([
    'http-server-error',
    'http-empty-or-cut',
    'http-no-answer',
    'handshake-failed',
    'not-tls',
    'connection-reset',
  ]),
  'mesh-upstream-error/destination',
  'ingress-upstream-error',
];

/** A headless Service without a ready endpoint has no name either. */
export const NO_NAME = 'name-not-found/destination-name';

/** What stands behind refuses: so does the Service, and what answers in its place says 502 or 503. */
export const REFUSED_BEHIND: readonly string[] = [
  ...connectSymptoms(['refused', 'connect-failed']),
  ...httpSymptoms(['http-server-error']),
  'mesh-upstream-error/destination',
  'ingress-upstream-error',
];
