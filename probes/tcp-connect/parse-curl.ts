/**
 * Reads `curl -v telnet://…`, curl 7.29 to 8.23: whether it connected is a number of its own (`-w`), why not stands in the lines of `-v`.
 * What happens after the connect is nobody's concern here.
 */
import type { DidNotRun } from '../../src/model/probe.ts';
import { type AddressError, connectFailure } from '../shared/connect-failure.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, type Seen } from '../shared/read-output.ts';
import { systemError } from '../shared/system-error.ts';
import type { TcpConnectOutcome, TcpConnectQuestion } from './probe.ts';

/** What `-w` is told to print. curl itself turns the two characters at its end into a newline. */
export const CURL_REPORT = 'connects=%{num_connects} to=%{remote_ip}\\n';
const REPORT = /^connects=(?<connects>\d{1,4}) to=(?<address>[\da-fA-F:.]{0,45})$/;
/** *   Trying 10.96.0.7:80... */
const TRYING = /^\* {1,3}Trying \S{2,60}$/;
/** * connect to 10.96.0.7 port 81 from 10.244.0.5 port 54526 failed: Connection refused; before 8.5 without "from" */
const CONNECT_FAILED =
  /^\* {1,3}connect to (?<address>[\da-fA-F.:]{2,45}) port \d{1,5}(?: from \S{1,64} port \d{1,5})? failed: (?<error>.{1,100})$/;
/** * Immediate connect fail for 10.96.0.7: Network is unreachable; in 7.x with two blanks in front */
const IMMEDIATE_FAIL =
  /^\* {1,3}Immediate connect fail for (?<address>[\da-fA-F.:]{2,45}): (?<error>.{1,100})$/;
/** curl: (28) Connection timed out after 3001 milliseconds */
const CURL_ERROR = /^curl: \((?<code>\d{1,3})\) (?<message>.{1,500})$/;
const RESOLVING = /^Resolving timed out after \d{1,9} milliseconds$/;
const CONNECTING =
  /^(?:Connection timed out after \d{1,9} milliseconds|Connection timeout after \d{1,9} ms|Connection time-?out|connect\(\) timed out!|Failed to connect to \S{1,300}(?: port \d{1,5})?(?: via \S{1,300})? after \d{1,9} ms: (?:Timeout was reached|Couldn't connect to server|Could not connect to server|Connection timed out|Operation timed out))$/;

/** No error, or one that only a connection can have: cut off, timed out, reset while it is open. */
const AFTER_CONNECT: readonly number[] = [0, 18, 28, 48, 49, 55, 56];

const whyNot = (lines: readonly string[], timedOut: boolean): TcpConnectOutcome | undefined => {
  const seen = [CONNECT_FAILED, IMMEDIATE_FAIL].flatMap((expression) => matchesOf(lines, expression));
  const errors = seen.flatMap(({ address, error }): AddressError[] => {
    const known = systemError(error ?? '');
    return known === undefined ? [] : [{ address: address ?? '', error: known }];
  });
  // One that is not understood could be the one that matters.
  if (errors.length !== seen.length) return undefined;
  return connectFailure(timedOut ? [...errors, { address: '', error: 'timed-out' }] : errors);
};

/** undefined: not understood. */
export const readCurl = (
  seen: Seen,
  { family }: TcpConnectQuestion,
): TcpConnectOutcome | DidNotRun | undefined => {
  const reports = seen.cut.includes('stdout') ? [] : matchesOf(linesOf(seen.stdout), REPORT);
  const lines = linesOf(seen.stderr);
  const told = matchesOf(lines, CURL_ERROR)[0];
  const message = told?.message ?? '';
  // curl ≥ 8 waits for its resolver's thread after it has given up: killed then, it has said all that there is.
  if (seen.exit === undefined)
    return RESOLVING.test(message) ? { kind: 'name-failure', temporary: true } : undefined;
  // This curl cannot do what it was asked to: an unknown option, or built without telnet.
  if ([1, 2, 4].includes(seen.exit)) return didNotRun('unsupported-tool', message || seen.stderr);
  const report = reports[0];
  if (report === undefined || reports.length > 1) return undefined;
  if (seen.exit !== 0 && told?.code !== String(seen.exit)) return undefined;
  if (Number(report.connects) > 0) {
    // Of an address, it leaves the family that was asked for out of account.
    const reached = report.address?.includes(':') === true ? 'ipv6' : 'ipv4';
    const asAsked = report.address !== '' && (family ?? reached) === reached;
    return asAsked && AFTER_CONNECT.includes(seen.exit) ? { kind: 'open' } : undefined;
  }
  switch (seen.exit) {
    case 6:
      // It does not say whether the name is absent or nobody answered.
      return { kind: 'name-failure' };
    case 7:
      // curl 7 does not say that the name has no address of the family; it has nothing to try.
      if (family !== undefined && !lines.some((line) => TRYING.test(line)))
        return { kind: 'name-failure', temporary: false };
      return whyNot(lines, false);
    case 28:
      if (RESOLVING.test(message)) return { kind: 'name-failure', temporary: true };
      return CONNECTING.test(message) ? whyNot(lines, true) : undefined;
    default:
      return undefined;
  }
};
