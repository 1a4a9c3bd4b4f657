/** Reads `ping`: iputils (ping.c, ping_common.c, ping6_common.c) and BusyBox (ping.c). */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { resolverError, systemError } from '../shared/system-error.ts';
import type { IcmpEchoOutcome } from './probe.ts';

/** 3 packets transmitted, 2 received, +1 duplicates, +1 errors, 33.3333% packet loss, time 407ms */
const STATISTICS =
  /^(?<sent>\d{1,9}) packets transmitted, (?<received>\d{1,9}) (?:packets )?received,(?: \+?\d{1,9} (?:duplicates|corrupted|errors),){0,3} (?<loss>\d{1,3}(?:\.\d{1,9})?)% packet loss(?:, time \d{1,12}ms)?$/;
/** rtt min/avg/max/mdev = 0.029/0.041/0.047/0.008 ms, pipe 3; BusyBox: round-trip min/avg/max = 0.030/0.061/0.081 ms */
const ROUND_TRIP =
  /^(?:rtt|round-trip) min\/avg\/max(?:\/mdev)? = (?<min>\d{1,9}\.\d{1,6})\/(?<avg>\d{1,9}\.\d{1,6})\/(?<max>\d{1,9}\.\d{1,6})(?:\/\d{1,9}\.\d{1,6})? ms(?:, .{1,60})?$/;
/** From 10.77.0.1 icmp_seq=1 Destination Host Unreachable; with a name: From gw (10.77.0.1) icmp_seq=… */
const ICMP_ERROR =
  /^From (?:\S{1,255} \()?(?<by>[\da-fA-F.:]{2,45}(?:%\w{1,15})?)\)?:? icmp_seq=\d{1,9} (?<what>[A-Z].{3,100})$/;
/** Frag needed and DF set (mtu = 1300); Packet too big: mtu=1280 */
const TOO_BIG =
  /^(?:Frag needed and DF set \(mtu = (?<v4>\d{1,9})\)|Packet too big: mtu=(?<v6>\d{1,9})(?:, code=\d+)?)$/;
/** ping: local error: message too long, mtu=1300; `mtu: ` over IPv6 */
const LOCAL_TOO_BIG = /^[\w.-]+: local error: message too long, mtu[=:] ?(?<mtu>\d{1,9})$/i;
/** ping: connect: Network is unreachable; ping: sendmsg: Operation not permitted; BusyBox: ping: sendto: … */
const CALL_FAILED =
  /^[\w.-]+: (?<call>connect|connect failed|sendmsg|sendto|bind icmp socket|local error): (?<error>.{1,100})$/;
const BROADCAST_REFUSED =
  /^[\w.-]+: Do you want to ping broadcast\? Then -b\. If not, check your local firewall rules\.?$/;
/** ping: socket: Operation not permitted; ping: permission denied (are you root?) */
const NO_SOCKET =
  /^[\w.-]+: (?:socket: (?:Operation not permitted|Permission denied)|permission denied \(are you root\?\)|Lacking privilege for .{1,40} socket\.?|icmp open socket: (?:Operation not permitted|Permission denied))$/;
const NO_FAMILY = /^[\w.-]+: socket: Address family not supported by protocol$/;
/** ping: www.example.com: Temporary failure in name resolution */
const UNRESOLVED = /^[\w.-]+: (?<host>\S{1,255}): (?<error>[A-Z][\w -]{1,100})$/;
/** BusyBox: ping: bad address 'x'; iputils before 2018: ping: unknown host x */
const BAD_ADDRESS = /^[\w.-]+: (?:bad address '[^']{1,255}'|unknown host(?: \S{1,255})?)$/;

/** The words of ICMP and ICMPv6 errors, as iputils prints them. */
const ICMP_WORDS: readonly (readonly [RegExp, UnreachableKind])[] = [
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
  [
    /^(?:Destination Protocol Unreachable|Source Route Failed|Dest Unreachable, Bad Code: .*|Destination unreachable: .*|Time to live exceeded|Frag reassembly time exceeded|Time exceeded: .*|Parameter problem: .*)$/,
    'unspecified',
  ],
];

const whichOf = (what: string): UnreachableKind | undefined =>
  ICMP_WORDS.find(([words]) => words.test(what))?.[1];

const tooBig = (mtu: string | undefined): IcmpEchoOutcome =>
  mtu === undefined || Number(mtu) === 0 ? { kind: 'too-big' } : { kind: 'too-big', mtu: Number(mtu) };

/** An error that kept the echo from being sent, in our own kernel. */
const callFailure = (lines: readonly string[]): IcmpEchoOutcome | undefined => {
  if (lines.some((line) => BROADCAST_REFUSED.test(line))) return { kind: 'unreachable', which: 'prohibited' };
  const error = matchesOf(lines, CALL_FAILED)
    .map((match) => systemError(match.error ?? ''))
    .find((found) => found !== undefined);
  switch (error) {
    case undefined:
    case 'refused':
    case 'timed-out':
    case 'reset':
      return undefined;
    case 'network-unreachable':
      return { kind: 'unreachable', which: 'network' };
    case 'host-unreachable':
      return { kind: 'unreachable', which: 'host' };
    case 'access-denied':
    case 'not-permitted':
      return { kind: 'unreachable', which: 'prohibited' };
    case 'message-too-long':
      return { kind: 'too-big' };
    case 'no-address':
    case 'other':
      return { kind: 'unreachable', which: 'unspecified' };
  }
};

const roundTrip = (lines: readonly string[]) => {
  const match = matchesOf(lines, ROUND_TRIP)[0];
  return match === undefined
    ? undefined
    : { min: Number(match.min), avg: Number(match.avg), max: Number(match.max) };
};

/** Why nothing came back, where somebody said so. */
const reasonFor = (stdout: readonly string[], stderr: readonly string[]): IcmpEchoOutcome | undefined => {
  const local = matchesOf(stderr, LOCAL_TOO_BIG)[0];
  const told = matchesOf(stdout, ICMP_ERROR);
  const big = told.map((match) => TOO_BIG.exec(match.what ?? '')).find((match) => match !== null);
  if (big !== undefined) return tooBig(big.groups?.v4 ?? big.groups?.v6);
  if (local !== undefined) return tooBig(local.mtu);
  const unreachable = told
    .map((match) => ({ which: whichOf(match.what ?? ''), by: match.by }))
    .find((match) => match.which !== undefined);
  if (unreachable?.which !== undefined)
    return { kind: 'unreachable', which: unreachable.which, by: unreachable.by };
  return callFailure(stderr);
};

const read = (seen: Seen): IcmpEchoOutcome | undefined => {
  if (seen.cut.includes('stdout')) return undefined;
  const stdout = linesOf(seen.stdout);
  const stderr = linesOf(seen.stderr);
  const all = matchesOf(stdout, STATISTICS);
  const statistics = all[0];
  if (statistics !== undefined) {
    const sent = Number(statistics.sent);
    const received = Number(statistics.received);
    if (all.length > 1 || received > sent || sent === 0) return undefined;
    if (received > 0)
      return seen.exit === 0 || seen.exit === undefined
        ? { kind: 'replied', sent, received, rttMs: roundTrip(stdout) }
        : undefined;
    return seen.exit === 1 || seen.exit === undefined
      ? (reasonFor(stdout, stderr) ?? { kind: 'no-reply', sent })
      : undefined;
  }
  // Without statistics: it did not get as far as sending.
  if (seen.exit !== 1 && seen.exit !== 2) return undefined;
  if (stderr.some((line) => NO_SOCKET.test(line))) return { kind: 'not-permitted' };
  if (stderr.some((line) => NO_FAMILY.test(line))) return { kind: 'unreachable', which: 'unspecified' };
  if (stderr.some((line) => BAD_ADDRESS.test(line))) return { kind: 'name-failure' };
  const unresolved = matchesOf(stderr, UNRESOLVED).some(
    (match) => resolverError(match.error ?? '') !== undefined,
  );
  return unresolved ? { kind: 'name-failure' } : callFailure(stderr);
};

export const parseIcmpEcho = (output: ToolOutput): IcmpEchoOutcome | Unreadable | DidNotRun =>
  readOutput(output, read);
