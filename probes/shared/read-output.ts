/** What every parser does the same way: exit statuses that tell of the process, not of the network. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';

/** A tool's output with the exit status that the tool itself gave; `undefined`: it was killed before it could give one. */
export interface Seen {
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly cut: ToolOutput['cut'];
}

/** Most text that an outcome quotes, in characters. */
const QUOTED = 2_000;

/** SIGHUP, SIGINT, SIGKILL and SIGTERM as a shell reports them, and the 124 of timeout(1). */
const KILLED: readonly number[] = [124, 129, 130, 137, 143];

/** getopt's complaint, as glibc, musl, BusyBox, iproute2 and curl word it. */
const UNKNOWN_OPTION =
  /^(?:[\w./-]{1,100}: )?(?:(?:invalid|unrecognized|illegal|unknown) option\b.*|Option "[^"]{1,100}" is unknown.*|option [^ ]{1,100}: is unknown|unknown option\b.*)$/im;
const BUSYBOX_USAGE = /^BusyBox v\d[^\n]{0,200}multi-call binary\.?\r?$/m;

const quote = (text: string): string => (text.length <= QUOTED ? text : `${text.slice(0, QUOTED)}…`);

export const unreadable = (output: Pick<ToolOutput, 'stdout' | 'stderr'>): Unreadable => ({
  kind: 'unreadable',
  text: quote([output.stderr, output.stdout].filter((part) => part.trim() !== '').join('\n')),
});

export const didNotRun = (reason: DidNotRun['reason'], detail: string): DidNotRun => {
  const text = quote(detail.trim());
  return text === '' ? { kind: 'did-not-run', reason } : { kind: 'did-not-run', reason, detail: text };
};

/** The tool refused our options: it is another program of the same name (BusyBox's nc has no `-z`). */
const refusedOptions = (seen: Seen): boolean =>
  seen.exit !== undefined &&
  seen.exit !== 0 &&
  (BUSYBOX_USAGE.test(seen.stderr) || UNKNOWN_OPTION.test(seen.stderr));

/**
 * Reads a run: exit 127 and 126 mean that the tool did not run, a killed tool's output counts only where it proves an
 * outcome by itself (`read` sees `exit: undefined`), and what `read` cannot read is unreadable, with its text.
 */
export const readOutput = <Outcome>(
  output: ToolOutput,
  read: (seen: Seen) => Outcome | Unreadable | DidNotRun | undefined,
): Outcome | Unreadable | DidNotRun => {
  if (output.exitCode === 127) return didNotRun('tool-missing', output.stderr);
  if (output.exitCode === 126) return didNotRun('tool-not-executable', output.stderr);
  const killed = KILLED.includes(output.exitCode);
  const seen: Seen = { ...output, exit: killed ? undefined : output.exitCode };
  const outcome = read(seen);
  if (outcome !== undefined) return outcome;
  if (killed) return didNotRun('killed', output.stderr === '' ? output.stdout : output.stderr);
  return refusedOptions(seen) ? didNotRun('unsupported-tool', output.stderr) : unreadable(output);
};
