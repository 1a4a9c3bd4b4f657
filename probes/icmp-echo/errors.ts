/** What ping says of errors: those that came back as ICMP (on stdout), and those of our own kernel (on stderr). */
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { matchesOf } from '../shared/lines.ts';
import { systemError } from '../shared/system-error.ts';

/** `time-exceeded`: a router let go of it because its time to live was used up, as in a routing loop. */
export type EchoUnreachable = UnreachableKind | 'time-exceeded';

export interface EchoError {
  readonly kind: EchoUnreachable | 'too-big';
  /** The sender of the ICMP error; undefined: our own kernel, or not told. */
  readonly by?: string | undefined;
  /** The largest packet that fits, where it was told. */
  readonly mtu?: number | undefined;
  readonly count: number;
}

type OneError = Omit<EchoError, 'count'>;

/** From 10.77.0.1 icmp_seq=1 Destination Host Unreachable; with a name: From gw (10.77.0.1) icmp_seq=… */
const ICMP_ERROR =
  /^From (?:\S{1,255} \()?(?<by>[\da-fA-F.:]{2,45}(?:%\w{1,15})?)\)?:? icmp_seq=\d{1,9} (?<what>[A-Z].{3,100})$/;
/** Frag needed and DF set (mtu = 1300); Packet too big: mtu=1280 */
const TOO_BIG =
  /^(?:Frag needed and DF set \(mtu = (?<v4>\d{1,9})\)|Packet too big: mtu=(?<v6>\d{1,9})(?:, code=\d{1,9})?)$/;
/** ping: local error: message too long, mtu=1300; `mtu: ` over IPv6 */
const LOCAL_TOO_BIG = /^[\w.-]+: local error: message too long, mtu[=:] ?(?<mtu>\d{1,9})$/i;
/** ping: connect: Network is unreachable; ping: sendmsg: Operation not permitted; BusyBox: ping: sendto: … */
const CALL_FAILED =
  /^[\w.-]+: (?<call>connect|connect failed|sendmsg|sendto|bind icmp socket|local error): (?<error>.{1,100})$/;
const BROADCAST_REFUSED =
  /^[\w.-]+: Do you want to ping broadcast\? Then -b\. If not, check your local firewall rules\.?$/;
/** Tells of a better way; the echo was passed on all the same. */
const REDIRECT = /^Redirect/;

/** The words of ICMP and ICMPv6 errors, as iputils prints them. */
const ICMP_WORDS: readonly (readonly [RegExp, EchoUnreachable])[] = [
  [
    /^(?:Destination Net|Destination Net Unknown|Destination Net Unreachable.*|Destination unreachable: No route)$/,
    'network',
  ],
  [
    /^(?:Destination Host Unreachable.*|Destination Host Unknown|Source Host Isolated|Destination unreachable: Address unreachable)$/,
    'host',
  ],
  [
    /^(?:Destination (?:Net|Host) Prohibited|Packet filtered|Precedence (?:Violation|Cutoff)|Destination unreachable: (?:Administratively prohibited|Source address failed ingress\/egress policy|Reject route to destination))$/,
    'prohibited',
  ],
  [/^(?:Destination Port Unreachable|Destination unreachable: Port unreachable)$/, 'port'],
  [/^(?:Time to live exceeded|Time exceeded: Hop limit)$/, 'time-exceeded'],
];

const icmpError = (by: string | undefined, what: string): OneError | undefined => {
  const big = TOO_BIG.exec(what);
  if (big !== null) {
    const mtu = Number(big.groups?.v4 ?? big.groups?.v6);
    return mtu === 0 ? { kind: 'too-big', by } : { kind: 'too-big', by, mtu };
  }
  if (REDIRECT.test(what)) return undefined;
  return { kind: ICMP_WORDS.find(([words]) => words.test(what))?.[1] ?? 'unspecified', by };
};

/** undefined: not an error of the network, or not one that is known. */
const callError = (text: string): OneError | undefined => {
  const error = systemError(text);
  switch (error) {
    case undefined:
    case 'refused':
    case 'timed-out':
    case 'reset':
      return undefined;
    case 'network-unreachable':
      return { kind: 'network' };
    case 'host-unreachable':
      return { kind: 'host' };
    case 'access-denied':
    case 'not-permitted':
      return { kind: 'prohibited' };
    case 'message-too-long':
      return { kind: 'too-big' };
    case 'no-address':
    case 'other':
      return { kind: 'unspecified' };
  }
};

const localError = (line: string): OneError | undefined => {
  const big = LOCAL_TOO_BIG.exec(line)?.groups;
  if (big !== undefined)
    return Number(big.mtu) === 0 ? { kind: 'too-big' } : { kind: 'too-big', mtu: Number(big.mtu) };
  if (BROADCAST_REFUSED.test(line)) return { kind: 'prohibited' };
  const call = CALL_FAILED.exec(line)?.groups;
  return call === undefined ? undefined : callError(call.error ?? '');
};

const counted = (errors: readonly OneError[]): readonly EchoError[] => {
  const byText = new Map<string, EchoError>();
  for (const error of errors) {
    const key = `${error.kind} ${error.by ?? ''} ${error.mtu ?? ''}`;
    byText.set(key, { ...error, count: (byText.get(key)?.count ?? 0) + 1 });
  }
  return [...byText.values()];
};

/**
 * The errors that are told, in the order of their first; ICMP's before our own kernel's.
 * `total` is ping's own count of them: what no line tells of is `unspecified`.
 */
export const echoErrors = (
  stdout: readonly string[],
  stderr: readonly string[],
  total: number,
): readonly EchoError[] => {
  const icmp = matchesOf(stdout, ICMP_ERROR).flatMap(({ by, what }) => icmpError(by, what ?? '') ?? []);
  const local = stderr.flatMap((line) => localError(line) ?? []);
  const all = counted([...icmp, ...local]);
  const untold = total - icmp.length - local.length;
  return untold > 0 ? [...all, { kind: 'unspecified', count: untold }] : all;
};
