/** Reads connections to one destination together: did TCP get there, and did HTTP answer behind it. */
import type { Observation } from '../../probes/index.ts';
import type { Purpose } from '../model/probe.ts';
import type { Seen } from '../model/rule.ts';
import { measured, ofPurpose } from './observed.ts';

type Of<P extends Observation['probe']> = Extract<Observation, { probe: P }>;
type TcpConnect = Of<'tcp-connect'>;
type HttpGet = Of<'http-get'>;
type Datagram = Of<'udp-exchange' | 'dns-query'>;
/** Ports of UDP are asked only of a destination that was named. */
export type ReachSeen = Seen<'tcp-connect' | 'http-get'> & Partial<Seen<'udp-exchange' | 'dns-query'>>;
export type ReachPurpose = Extract<
  Purpose,
  'kubernetes-api' | 'internet' | 'destination' | 'destination-endpoint' | 'destination-reference'
>;
/** What a pod is to reach; what these are compared with is not among them. */
export const REACH_PURPOSES = ['kubernetes-api', 'internet', 'destination'] as const;

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
  readonly observation: TcpConnect | HttpGet | Datagram;
  readonly connect: ConnectState;
  /** `1.1.1.1:443 timed out` */
  readonly text: string;
}

export const hostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** As a URL spells it: an IPv6 address in brackets. */
export const hostOf = (url: string): string | undefined => URL.parse(url)?.hostname;

/** The address or name that is connected to. */
export const hostAsked = (observation: Attempt['observation']): string => {
  switch (observation.probe) {
    case 'tcp-connect':
    case 'udp-exchange':
      return observation.question.host;
    case 'dns-query':
      return observation.question.server ?? '';
    case 'http-get':
      return observation.question.connectTo?.address ?? hostOf(observation.question.url) ?? '';
  }
};

/** Of a target that is an address; undefined for names. */
export const familyOf = (observation: Attempt['observation']): 'ipv4' | 'ipv6' | undefined => {
  const host = hostAsked(observation);
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

/** Silence proves nothing over UDP, but of a name server, which has to answer. */
const datagramState = (observation: Datagram): ConnectState => {
  const seen = measured<Datagram['outcome']>(observation.outcome);
  switch (seen?.kind) {
    case undefined:
    case 'silent':
      return 'unmeasured';
    case 'replied':
    case 'response':
    case 'server-failure':
      return 'connected';
    case 'connection-refused':
    case 'refused':
      return 'refused';
    case 'name-failure':
      return 'no-name';
    case 'timed-out':
    case 'unreachable':
    case 'not-permitted':
      return seen.kind;
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
  return outcome.kind === 'unreachable' && 'which' in outcome && outcome.which !== 'unspecified'
    ? ` (${outcome.which})`
    : '';
};

const attempt = (target: string, observation: Attempt['observation'], connect: ConnectState): Attempt => ({
  target,
  observation,
  connect,
  text: `${target} ${WORDS[connect]}${moreOf(observation, connect)}`,
});

/** There is no connection over UDP: something comes back, or a refusal does, or nothing. */
const overUdp = (address: string, observation: Datagram): Attempt => {
  const made = attempt(`${address}/udp`, observation, datagramState(observation));
  switch (made.connect) {
    case 'connected':
      return { ...made, text: `${made.target} answers` };
    case 'refused':
      return { ...made, text: `${made.target} is refused` };
    case 'unmeasured':
      return observation.outcome.kind === 'silent'
        ? { ...made, text: `${made.target} is silent, which proves nothing over UDP` }
        : made;
    default:
      return made;
  }
};

/** `http://web/ at 10.244.0.7:8080`: where the address is not the URL's own. */
const urlText = ({ url, connectTo }: HttpGet['question']): string =>
  connectTo === undefined
    ? url
    : `${url} at ${hostPort(connectTo.address, connectTo.port ?? portOfUrl(url))}`;

const DNS_PORT = 53;

export const attemptsTo = (seen: ReachSeen, purpose: ReachPurpose): readonly Attempt[] => [
  ...ofPurpose(seen['tcp-connect'], purpose).map((tcp) =>
    attempt(hostPort(tcp.question.host, tcp.question.port), tcp, tcpState(tcp)),
  ),
  ...ofPurpose(seen['http-get'], purpose).map((http) =>
    attempt(urlText(http.question), http, httpState(http)),
  ),
  ...ofPurpose(seen['udp-exchange'] ?? [], purpose).map((udp) =>
    overUdp(hostPort(udp.question.host, udp.question.port), udp),
  ),
  ...ofPurpose(seen['dns-query'] ?? [], purpose).map((query) =>
    overUdp(hostPort(query.question.server ?? '', DNS_PORT), query),
  ),
];

const portOfUrl = (url: string): number => {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
};

/** `80/TCP`: what belongs together where several ports of one destination are asked. */
export const portAsked = ({ observation }: Attempt): string => {
  switch (observation.probe) {
    case 'tcp-connect':
      return `${observation.question.port}/TCP`;
    case 'udp-exchange':
      return `${observation.question.port}/UDP`;
    case 'dns-query':
      return `${DNS_PORT}/UDP`;
    case 'http-get':
      return `${portOfUrl(observation.question.url)}/TCP`;
  }
};

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
const together = (attempts: readonly Attempt[], oneProves: boolean): ConnectResult => {
  const connected = attempts.filter(({ connect }) => connect === 'connected');
  const failed = attempts.filter(isFailure);
  const unmeasured = attempts.filter(({ connect }) => connect === 'unmeasured');
  const unnamed = attempts.filter(({ connect }) => connect === 'no-name');
  const byTcp = attempts.filter(({ observation }) => observation.probe === 'tcp-connect');
  const base = byTcp.some(isFailure) ? byTcp : attempts;
  const proven = oneProves || !base.some(({ connect }) => connect === 'unmeasured');
  const state = (): ConnectResult['state'] => {
    if (attempts.length === 0) return 'not-asked';
    if (connected.length > 0) return 'ok';
    if (failed.length > 0) return proven ? 'failed' : 'unknown';
    return unmeasured.length > 0 ? 'unknown' : 'no-name';
  };
  return { state: state(), connected, failed, unnamed, unmeasured };
};

/** Each address and port by itself, and requests, which go by a name, by their port. */
const wayAsked = (attempt: Attempt): string =>
  attempt.observation.probe === 'http-get'
    ? `http ${portAsked(attempt)}`
    : `${hostAsked(attempt.observation)} ${portAsked(attempt)}`;

/** A mesh accepted the connection itself; where a request on that port is answered, that tells what TCP cannot. */
const isHidden = (attempt: Attempt, all: readonly Attempt[]): boolean =>
  attempt.observation.outcome.kind === 'did-not-run' &&
  attempt.observation.outcome.reason === 'intercepted' &&
  all.some(
    (other) =>
      other.observation.probe === 'http-get' &&
      other.connect === 'connected' &&
      portAsked(other) === portAsked(attempt),
  );

/** Each way to a destination has to work: the worst of them tells. */
const WORST: readonly ConnectResult['state'][] = ['failed', 'unknown', 'no-name', 'ok'];

export const connectTo = (seen: ReachSeen, purpose: ReachPurpose): ConnectResult => {
  const all = attemptsTo(seen, purpose);
  if (purpose !== 'destination') return together(all, purpose === 'kubernetes-api');
  const attempts = all.filter((one) => !isHidden(one, all));
  const ports = [...new Set(attempts.map(wayAsked))].map((way) =>
    together(
      attempts.filter((one) => wayAsked(one) === way),
      true,
    ),
  );
  return {
    state: WORST.find((state) => ports.some((port) => port.state === state)) ?? 'not-asked',
    connected: ports.flatMap(({ connected }) => connected),
    failed: ports.flatMap(({ failed }) => failed),
    unnamed: ports.flatMap(({ unnamed }) => unnamed),
    unmeasured: ports.flatMap(({ unmeasured }) => unmeasured),
  };
};
