/**
 * Reads `nc -zv`: OpenBSD netcat as Debian and Alpine ship it (netcat.c), and others that go by the same name: ncat,
 * netcat-traditional, and BusyBox's where it is built to be like that one (nc_bloaty.c). BusyBox's other nc has no `-z`;
 * readOutput says so.
 */
import { type AddressError, connectFailure } from '../shared/connect-failure.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import type { Seen } from '../shared/read-output.ts';
import { resolverError, type SystemError, systemError } from '../shared/system-error.ts';
import type { TcpConnectOutcome, TcpConnectQuestion } from './probe.ts';

/** Connection to web (10.96.0.7) 80 port [tcp/http] succeeded! */
const SUCCEEDED =
  /^Connection to (?<host>\S+) (?:\((?<address>[\da-fA-F:.%\w]+)\) )?(?<port>\d{1,5}) port \[tcp\/\S+\] succeeded!$/;
/** nc: connect to web (10.96.0.7) port 81 (tcp) failed: Connection refused */
const FAILED =
  /^[\w.-]+: connect to (?<host>\S+) (?:\((?<address>[\da-fA-F:.%\w]+)\) )?port (?<port>\d{1,5}) \(tcp\) (?<how>failed|timed out): (?<error>.{1,200})$/;
/** nc: getaddrinfo for host "web" port 80: Try again; before 1.217 without the host. */
const UNRESOLVED =
  /^[\w.-]+: getaddrinfo(?: for host "(?<host>[^"]{1,300})" port (?<port>\d{1,5}))?: (?<error>.{1,200})$/;
/** Ncat: Connected to 10.96.0.7:80. */
const NCAT_CONNECTED = /^Ncat: Connected to (?<address>\S+):(?<port>\d{1,5})\.$/;
/** Ncat: Connection refused. */
const NCAT_FAILED = /^Ncat: (?<error>[A-Z][\w ]{1,100})\.$/;
const NCAT_UNRESOLVED =
  /^Ncat: Could not resolve hostname "[^"]{1,300}": (?<error>[\w -]{1,100})\. QUITTING\.$/;
/** web.shop [10.96.0.7] 80 (http) open, of netcat-traditional */
const TRADITIONAL =
  /^\S+ \[(?<address>[\da-fA-F:.]+)\] (?<port>\d{1,5}) \(\S+\) (?:(?<open>open)|: (?<error>.{1,100}))$/;
/** web (10.96.0.7:80) open; nc: web (10.96.0.7:80): Operation timed out; it keeps a refusal to itself. */
const BUSYBOX =
  /^(?:nc: )?(?<host>\S{1,255}) \(\[?(?<address>[\da-fA-F:.%\w]{2,60}?)\]?:(?<port>\d{1,5})\)(?: (?<open>open)|: (?<error>.{1,100}))$/;
/** nc: bad address 'web' */
const BUSYBOX_UNRESOLVED = /^nc: bad address '(?<host>[^']{1,255})'$/;

const errorOf = (how: string | undefined, text: string | undefined): SystemError | undefined =>
  // "timed out: Operation now in progress": netcat's own limit; the errno after it means nothing.
  how === 'timed out' ? 'timed-out' : text === undefined ? undefined : systemError(text);

/** undefined: not understood. */
export const readNc = (seen: Seen, { host, port }: TcpConnectQuestion): TcpConnectOutcome | undefined => {
  const lines = linesOf(seen.stderr);
  const asked = (match: Readonly<Record<string, string | undefined>>): boolean =>
    (match.host === undefined || match.host === host) &&
    (match.port === undefined || match.port === String(port));

  const connected = [SUCCEEDED, NCAT_CONNECTED, TRADITIONAL, BUSYBOX]
    .flatMap((expression) => matchesOf(lines, expression))
    .filter((match) => match.error === undefined);
  if (connected.some(asked)) return seen.exit === 0 || seen.exit === undefined ? { kind: 'open' } : undefined;
  // A killed netcat may have had more addresses to try. Exit 2 is ncat's for a bad name; exit 0 belongs to another port, of a
  // range, that is open.
  if (seen.exit !== 1 && seen.exit !== 2 && !(seen.exit === 0 && connected.length > 0)) return undefined;

  const failed = [FAILED, TRADITIONAL, NCAT_FAILED, BUSYBOX]
    .flatMap((expression) => matchesOf(lines, expression))
    .filter(asked);
  const errors = failed.map((match): AddressError | undefined => {
    const error = match.error === 'TIMEOUT' ? 'timed-out' : errorOf(match.how, match.error);
    return error === undefined ? undefined : { address: match.address ?? host, error };
  });
  const known = errors.filter((error) => error !== undefined);
  if (errors.length > 0) return known.length === errors.length ? connectFailure(known) : undefined;

  if (matchesOf(lines, BUSYBOX_UNRESOLVED).some(asked)) return { kind: 'name-failure' };
  const unresolved = [UNRESOLVED, NCAT_UNRESOLVED].flatMap((expression) => matchesOf(lines, expression));
  const why = unresolved.filter(asked).map((match) => resolverError(match.error ?? ''))[0];
  return why === undefined ? undefined : { kind: 'name-failure', temporary: why === 'unanswered' };
};
