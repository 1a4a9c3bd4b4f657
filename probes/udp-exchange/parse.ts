/** Reads the steps of script.sh.ts: nc (OpenBSD, BusyBox) and socat 1.7 and 1.8. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { connectFailure } from '../shared/connect-failure.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, readOutput, type Seen } from '../shared/read-output.ts';
import { type Step, stepsOf } from '../shared/steps.ts';
import { resolverError, systemError } from '../shared/system-error.ts';
import type { UdpExchangeOutcome, UdpExchangeQuestion } from './probe.ts';

/** 2026/11/21 16:18:00 socat[17442] E read(5, 0x55f5529ad000, 8192): Connection refused */
const SOCAT_CALL =
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? )?socat\[\d{1,10}\] [EWN] (?<call>read|recv|recvfrom|recvmsg|write|send|sendto|connect)\(.{1,200}\): (?<error>[A-Z][\w ]{1,80})$/;
/** socat[17659] W getaddrinfo("nope.invalid", "9", {0x00,2,2,17}, {}): Temporary failure in name resolution */
const SOCAT_UNRESOLVED =
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? )?socat\[\d{1,10}\] [EWN] getaddrinfo\(.{1,400}\): (?<error>[A-Z][\w ,-]{1,80})$/;
/** nc: getaddrinfo for host "web" port 53: Try again; before 1.217 without the host. */
const NC_UNRESOLVED = /^[\w.-]+: getaddrinfo(?: for host "[^"]{1,300}" port \d{1,5})?: (?<error>.{1,200})$/;
/** BusyBox: nc: bad address 'web' */
const BUSYBOX_UNRESOLVED = /^nc: bad address '[^']{1,255}'$/;
/** nc: write failed (4/8): Operation not permitted; BusyBox: nc: write: … */
const NC_FAILED = /^nc: (?:write|send|connect)(?: failed(?: \(\d{1,5}\/\d{1,5}\))?)?: (?<error>.{1,100})$/;
const COUNT = /^\d{1,9}$/;
const HUNDREDTHS = /^(?:-1|\d{1,9})$/;

interface Exchange {
  readonly lines: readonly string[];
  readonly text: string;
  readonly exit: number;
  readonly bytes: number;
  /** Hundredths of a second; -1: not known. */
  readonly took: number;
}

const exchangeOf = (steps: readonly Step[], tool: string): Exchange | undefined => {
  const at = steps.findIndex(({ name }) => name === tool);
  const step = steps[at];
  const count = steps[at + 1];
  if (step?.exit === undefined || count?.name !== 'bytes' || count.words[0] !== tool) return undefined;
  const [, bytes = '', took = ''] = count.words;
  return COUNT.test(bytes) && HUNDREDTHS.test(took)
    ? {
        lines: linesOf(step.text),
        text: step.text,
        exit: step.exit,
        bytes: Number(bytes),
        took: Number(took),
      }
    : undefined;
};

/** What the kernel told: `address` only matters for its family. */
const toldBy = (errors: readonly (string | undefined)[], address: string): UdpExchangeOutcome | undefined => {
  const known = errors.flatMap((text) => {
    const error = systemError(text ?? '');
    return error === undefined ? [] : [{ address, error }];
  });
  if (known.length < errors.length) return undefined;
  const failure = connectFailure(known);
  // Nothing of a datagram can be reset or time out; an errno that says so is none that we know.
  return failure?.kind === 'reset' || failure?.kind === 'timed-out' ? undefined : failure;
};

/** nc ends before its second is over only where an error came, or an answer without a byte. */
const FULL_SECOND = 95;

const bySocat = (socat: Exchange, nc: Exchange, address: string): UdpExchangeOutcome | undefined => {
  const calls = matchesOf(socat.lines, SOCAT_CALL);
  if (calls.length > 0)
    return toldBy(
      calls.map(({ error }) => error),
      address,
    );
  // The kernel rations what it tells: nc may have had the one refusal that there was.
  const early = nc.exit === 0 && nc.took >= 0 && nc.took < FULL_SECOND;
  if (socat.exit === 0 && socat.text === '') return { kind: 'silent', heard: early ? 'replies' : 'all' };
  const unresolved = matchesOf(socat.lines, SOCAT_UNRESOLVED);
  // IPv4 alone was asked for; nc, which asks for both, did resolve it.
  return unresolved.some(({ error }) => resolverError(error ?? '') !== undefined)
    ? { kind: 'silent', heard: 'replies' }
    : undefined;
};

const byNc = (nc: Exchange, address: string): UdpExchangeOutcome | DidNotRun | undefined => {
  if (nc.exit === 127) return didNotRun('tool-missing', nc.text);
  if (nc.exit === 126) return didNotRun('tool-not-executable', nc.text);
  const unresolved = matchesOf(nc.lines, NC_UNRESOLVED).map(({ error }) => resolverError(error ?? ''));
  if (unresolved.some((why) => why !== undefined) || nc.lines.some((line) => BUSYBOX_UNRESOLVED.test(line)))
    return { kind: 'name-failure' };
  const failed = matchesOf(nc.lines, NC_FAILED);
  if (failed.length > 0)
    return toldBy(
      failed.map(({ error }) => error),
      address,
    );
  const quiet = nc.text === '';
  if (nc.exit === 0 && quiet) return { kind: 'silent', heard: 'replies' };
  // A UDP socket's connect fails for want of a route alone; without -v, nc does not say so.
  if (nc.exit === 1 && quiet) return { kind: 'unreachable', which: 'unspecified' };
  // Which options it refused, readOutput knows to tell.
  const outcome = readOutput<UdpExchangeOutcome>(
    { exitCode: nc.exit, stdout: '', stderr: nc.text, cut: [] },
    () => undefined,
  );
  return outcome.kind === 'did-not-run' ? outcome : undefined;
};

const read = (
  seen: Seen,
  { host, family }: UdpExchangeQuestion,
): UdpExchangeOutcome | DidNotRun | undefined => {
  const steps = seen.exit === 0 && !seen.cut.includes('stdout') ? stepsOf(seen.stdout) : undefined;
  if (steps === undefined || (steps.length !== 2 && steps.length !== 4)) return undefined;
  const nc = exchangeOf(steps, 'nc');
  const socat = exchangeOf(steps, 'socat');
  if (nc === undefined || (steps.length === 4) !== (socat !== undefined)) return undefined;
  const bytes = nc.bytes || (socat?.bytes ?? 0);
  if (bytes > 0) return { kind: 'replied', bytes };
  const address = family === 'ipv6' || host.includes(':') ? '::' : '0.0.0.0';
  const told = byNc(nc, address);
  if (socat === undefined || told?.kind === 'name-failure') return told;
  return bySocat(socat, nc, address) ?? told;
};

export const parseUdpExchange = (
  output: ToolOutput,
  question: UdpExchangeQuestion,
): UdpExchangeOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
