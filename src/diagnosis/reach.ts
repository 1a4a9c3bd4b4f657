/** Reads connections to one destination together: did TCP get there, and did HTTP answer behind it. */
import type { Observation } from '../../probes/index.ts';
import type { Purpose } from '../model/probe.ts';
import type { Seen } from '../model/rule.ts';
import { measured, ofPurpose } from './observed.ts';

type TcpConnect = Extract<Observation, { probe: 'tcp-connect' }>;
type HttpGet = Extract<Observation, { probe: 'http-get' }>;
export type ReachSeen = Seen<'tcp-connect' | 'http-get'>;
export type ReachPurpose = Extract<Purpose, 'kubernetes-api' | 'internet'>;
export const REACH_PURPOSES: readonly ReachPurpose[] = ['kubernetes-api', 'internet'];

export type ConnectFailure =
  | 'refused'
  | 'timed-out'
  | 'reset'
  | 'unreachable'
  /** The pod's own node refused to send. */
  | 'not-permitted'
  /** Refused or unreachable: curl did not say. */
  | 'connect-failed';
type ConnectState = 'connected' | 'no-name' | 'unmeasured' | ConnectFailure;

export interface Attempt {
  /** `1.1.1.1:443`, or the URL. */
  readonly target: string;
  readonly observation: TcpConnect | HttpGet;
  readonly connect: ConnectState;
  /** `1.1.1.1:443 timed out` */
  readonly text: string;
}

export const hostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** As a URL spells it: an IPv6 address in brackets. */
export const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname : undefined;

/** Of a target that is an address; undefined for names. */
export const familyOf = (observation: TcpConnect | HttpGet): 'ipv4' | 'ipv6' | undefined => {
  const host =
    observation.probe === 'tcp-connect'
      ? observation.question.host
      : (hostOf(observation.question.url) ?? '');
  if (host.includes(':')) return 'ipv6';
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? 'ipv4' : undefined;
};

const tcpState = ({ outcome }: TcpConnect): ConnectState => {
  const seen = measured(outcome);
  if (seen === undefined) return 'unmeasured';
  switch (seen.kind) {
    case 'open':
      return 'connected';
    case 'name-failure':
      return 'no-name';
    default:
      return seen.kind;
  }
};

const httpState = ({ outcome }: HttpGet): ConnectState => {
  const seen = measured(outcome);
  switch (seen?.kind) {
    case undefined:
    // Of what lies behind a proxy that refuses, nothing is known.
    case 'proxy-failed':
      return 'unmeasured';
    case 'refused':
    case 'unreachable':
    case 'connect-failed':
      return seen.kind;
    case 'name-failure':
      return 'no-name';
    case 'timed-out':
      return seen.phase === 'name' ? 'no-name' : seen.phase === 'connect' ? 'timed-out' : 'connected';
    case 'responded':
    case 'tls-failed':
    case 'reset':
    case 'not-http':
    case 'empty':
    case 'partial':
      return 'connected';
  }
};

const WORDS: Record<ConnectState, string> = {
  connected: 'accepts connections',
  'no-name': 'has a name that did not resolve',
  unmeasured: 'was not measured',
  refused: 'refused the connection',
  'timed-out': 'timed out',
  reset: 'reset the connection',
  unreachable: 'is unreachable',
  'not-permitted': "was not sent to: the node's own filter refused",
  'connect-failed': 'could not be connected to',
};

const moreOf = ({ outcome }: Attempt['observation'], connect: ConnectState): string => {
  if (connect === 'no-name' && outcome.kind === 'timed-out') return ' in time';
  return outcome.kind === 'unreachable' && outcome.which !== 'unspecified' ? ` (${outcome.which})` : '';
};

const attempt = (target: string, observation: TcpConnect | HttpGet, connect: ConnectState): Attempt => ({
  target,
  observation,
  connect,
  text: `${target} ${WORDS[connect]}${moreOf(observation, connect)}`,
});

export const attemptsTo = (seen: ReachSeen, purpose: ReachPurpose): readonly Attempt[] => [
  ...ofPurpose(seen['tcp-connect'], purpose).map((tcp) =>
    attempt(hostPort(tcp.question.host, tcp.question.port), tcp, tcpState(tcp)),
  ),
  ...ofPurpose(seen['http-get'], purpose).map((http) => attempt(http.question.url, http, httpState(http))),
];

export interface ConnectResult {
  readonly state: 'ok' | 'failed' | 'unknown' | 'no-name' | 'not-asked';
  readonly connected: readonly Attempt[];
  readonly failed: readonly Attempt[];
  /** They ended at the name. */
  readonly unnamed: readonly Attempt[];
  readonly unmeasured: readonly Attempt[];
}

const isFailure = ({ connect }: Attempt): boolean =>
  connect !== 'connected' && connect !== 'no-name' && connect !== 'unmeasured';

/**
 * One success is enough. The API server is one destination asked in two ways, so one failure proves it; the internet is many,
 * so it has failed only when every TCP target was measured and failed (every URL, where there are no others).
 */
export const connectTo = (seen: ReachSeen, purpose: ReachPurpose): ConnectResult => {
  const attempts = attemptsTo(seen, purpose);
  const connected = attempts.filter(({ connect }) => connect === 'connected');
  const failed = attempts.filter(isFailure);
  const unmeasured = attempts.filter(({ connect }) => connect === 'unmeasured');
  const unnamed = attempts.filter(({ connect }) => connect === 'no-name');
  const byTcp = attempts.filter(({ observation }) => observation.probe === 'tcp-connect');
  const base = byTcp.some(isFailure) ? byTcp : attempts;
  const proven = purpose === 'kubernetes-api' || !base.some(({ connect }) => connect === 'unmeasured');
  const state = (): ConnectResult['state'] => {
    if (attempts.length === 0) return 'not-asked';
    if (connected.length > 0) return 'ok';
    if (failed.length > 0) return proven ? 'failed' : 'unknown';
    return unmeasured.length > 0 ? 'unknown' : 'no-name';
  };
  return { state: state(), connected, failed, unnamed, unmeasured };
};
