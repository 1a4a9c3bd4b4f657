/** Reads `ping`: iputils (ping.c, ping_common.c, ping6_common.c) and BusyBox (ping.c). */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { resolverError } from '../shared/system-error.ts';
import { type EchoError, echoErrors } from './errors.ts';
import type { IcmpEchoOutcome } from './probe.ts';

/** 3 packets transmitted, 2 received, +1 duplicates, +1 errors, 33.3333% packet loss, time 407ms */
const STATISTICS =
  /^(?<sent>\d{1,9}) packets transmitted, (?<received>\d{1,9}) (?:packets )?received,(?: \+?(?<duplicates>\d{1,9}) duplicates,)?(?: \+\d{1,9} corrupted,)?(?: \+(?<errors>\d{1,9}) errors,)? \d{1,3}(?:\.\d{1,9})?% packet loss(?:, time \d{1,12}ms)?$/;
/** rtt min/avg/max/mdev = 0.029/0.041/0.047/0.008 ms, pipe 3; BusyBox: round-trip min/avg/max = 0.030/0.061/0.081 ms */
const ROUND_TRIP =
  /^(?:rtt|round-trip) min\/avg\/max(?:\/mdev)? = (?<min>\d{1,9}\.\d{1,6})\/(?<avg>\d{1,9}\.\d{1,6})\/(?<max>\d{1,9}\.\d{1,6})(?:\/\d{1,9}\.\d{1,6})? ms(?:, .{1,60})?$/;
/** BusyBox: 64 bytes from 10.77.0.1: seq=0 ttl=64 time=0.081 ms */
const BUSYBOX_REPLY =
  /^\d{1,5} bytes from [\da-fA-F.:]{2,45}: seq=(?<seq>\d{1,9}) ttl=-?\d{1,3}(?: time=\d{1,9}\.\d{3} ms)?(?<duplicate> \(DUP!\))?$/;
/** ping: socket: Operation not permitted; ping: permission denied (are you root?) */
const NO_SOCKET =
  /^[\w.-]+: (?:socket: (?:Operation not permitted|Permission denied)|permission denied \(are you root\?\)|Lacking privilege for .{1,40} socket\.?|icmp open socket: (?:Operation not permitted|Permission denied))$/;
const NO_FAMILY = /^[\w.-]+: socket: Address family not supported by protocol$/;
/** ping: www.example.com: Temporary failure in name resolution */
const UNRESOLVED = /^[\w.-]+: (?<host>\S{1,255}): (?<error>[A-Z][\w -]{1,100})$/;
/** BusyBox: ping: bad address 'x'; iputils before 2018: ping: unknown host x */
const BAD_ADDRESS = /^[\w.-]+: (?:bad address '[^']{1,255}'|unknown host(?: \S{1,255})?)$/;

const roundTrip = (lines: readonly string[]) => {
  const match = matchesOf(lines, ROUND_TRIP)[0];
  return match === undefined
    ? undefined
    : { min: Number(match.min), avg: Number(match.avg), max: Number(match.max) };
};

const withErrors = (errors: readonly EchoError[]): { readonly errors?: readonly EchoError[] } =>
  errors.length === 0 ? {} : { errors };

/** Why nothing came back, where somebody said so. An ICMP error says more than our own kernel. */
const failure = (errors: readonly EchoError[]): IcmpEchoOutcome | undefined => {
  const mostTelling = ({ kind, mtu, by }: EchoError): number =>
    kind === 'too-big' ? (mtu === undefined ? 1 : 0) : kind === 'unspecified' ? 4 : by === undefined ? 3 : 2;
  const first = [...errors].sort((a, b) => mostTelling(a) - mostTelling(b))[0];
  if (first === undefined) return undefined;
  const { kind, by, mtu } = first;
  return kind === 'too-big'
    ? { kind, ...(mtu === undefined ? {} : { mtu }), errors }
    : { kind: 'unreachable', which: kind, ...(by === undefined ? {} : { by }), errors };
};

/** BusyBox ends without statistics as soon as an echo cannot be sent, even where others came back before. */
const brokenOff = (stdout: readonly string[], errors: readonly EchoError[]): IcmpEchoOutcome | undefined => {
  const replies = matchesOf(stdout, BUSYBOX_REPLY);
  const received = replies.filter(({ duplicate }) => duplicate === undefined);
  const duplicates = replies.length - received.length;
  const failed = errors.reduce((sum, { count }) => sum + count, 0);
  if (received.length === 0 || failed === 0) return undefined;
  return {
    kind: 'replied',
    sent: Math.max(received.length, ...received.map(({ seq }) => Number(seq) + 1)) + failed,
    received: received.length,
    ...(duplicates === 0 ? {} : { duplicates }),
    errors,
  };
};

/** Nothing could be sent, and the kernel gave no error that ping shows (ENOBUFS): iputils then leaves the loss out. */
const NONE_SENT = /^0 packets transmitted, 0 received(?:, time \d{1,12}ms)?$/;

/** Without statistics: it did not get as far as sending, or not to the end. */
const readWithout = (
  seen: Seen,
  stdout: readonly string[],
  stderr: readonly string[],
): IcmpEchoOutcome | undefined => {
  if (seen.exit !== 1 && seen.exit !== 2) return undefined;
  if (stderr.some((line) => NO_SOCKET.test(line))) return { kind: 'not-permitted' };
  if (stderr.some((line) => NO_FAMILY.test(line))) return { kind: 'unreachable', which: 'unspecified' };
  if (stderr.some((line) => BAD_ADDRESS.test(line))) return { kind: 'name-failure' };
  const unresolved = matchesOf(stderr, UNRESOLVED).some(
    (match) => resolverError(match.error ?? '') !== undefined,
  );
  if (unresolved) return { kind: 'name-failure' };
  const errors = echoErrors([], stderr, 0);
  const told = brokenOff(stdout, errors) ?? failure(errors);
  if (told !== undefined || seen.exit !== 1) return told;
  return stdout.filter((line) => NONE_SENT.test(line)).length === 1
    ? { kind: 'no-reply', sent: 0 }
    : undefined;
};

/** undefined: not understood. */
export const readEcho = (seen: Seen): IcmpEchoOutcome | undefined => {
  if (seen.cut.includes('stdout')) return undefined;
  const stdout = linesOf(seen.stdout);
  const stderr = linesOf(seen.stderr);
  const all = matchesOf(stdout, STATISTICS);
  const statistics = all[0];
  if (statistics === undefined) return readWithout(seen, stdout, stderr);
  const sent = Number(statistics.sent);
  const received = Number(statistics.received);
  if (all.length > 1 || received > sent || sent === 0) return undefined;
  const errors = echoErrors(stdout, stderr, Number(statistics.errors ?? 0));
  if (received === 0)
    return seen.exit === 1 || seen.exit === undefined
      ? (failure(errors) ?? { kind: 'no-reply', sent })
      : undefined;
  if (seen.exit !== 0 && seen.exit !== undefined) return undefined;
  const duplicates = Number(statistics.duplicates ?? 0);
  return {
    kind: 'replied',
    sent,
    received,
    rttMs: roundTrip(stdout),
    ...(duplicates === 0 ? {} : { duplicates }),
    ...withErrors(errors),
  };
};

export const parseIcmpEcho = (output: ToolOutput): IcmpEchoOutcome | Unreadable | DidNotRun =>
  readOutput(output, readEcho);
