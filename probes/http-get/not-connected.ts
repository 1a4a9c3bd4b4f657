/** curl's exit 7. Without `-v`, its prose is the same for refused and unreachable. */
import { type AddressError, connectFailure } from '../shared/connect-failure.ts';
import { matchesOf } from '../shared/lines.ts';
import { systemError } from '../shared/system-error.ts';
import type { HttpGetOutcome } from './probe.ts';
import { type CurlReport, phasesOf } from './report.ts';

/** * connect to 10.96.0.7 port 81 from 10.244.0.5 port 54526 failed: Connection refused; before 8.5 without "from" */
const CONNECT_FAILED =
  /^\* {1,3}connect to (?<address>[\da-fA-F.:]{2,45}) port \d{1,5}(?: from \S{1,64} port \d{1,5})? failed: (?<error>.{1,100})$/;
/** * Immediate connect fail for 10.96.0.7: Network is unreachable; in 7.x with two blanks in front */
const IMMEDIATE_FAIL =
  /^\* {1,3}Immediate connect fail for (?<address>[\da-fA-F.:]{2,45}): (?<error>.{1,100})$/;
/** Failed to connect to host port 81 after 0 ms: Connection refused; 7.79 to 7.83 gave the errno's text, 8.x says `over` or `via` what */
const FAILED_TO_CONNECT =
  /^Failed to connect to \S{1,300}(?: port \d{1,5})?(?: (?:over proxy|via) \S{1,300})?(?: after \d{1,9} ms)?: (?<error>.{1,100})$/;

export const whyNotConnected = (
  report: CurlReport,
  stderr: readonly string[],
  message: string,
): HttpGetOutcome => {
  const phases = phasesOf(report);
  const seen = [CONNECT_FAILED, IMMEDIATE_FAIL].flatMap((expression) => matchesOf(stderr, expression));
  const inMessage = FAILED_TO_CONNECT.exec(message)?.groups;
  const matches = seen.length > 0 ? seen : inMessage === undefined ? [] : [inMessage];
  const errors = matches.flatMap(({ address, error }): AddressError[] => {
    const known = systemError(error ?? '');
    return known === undefined ? [] : [{ address: address ?? '', error: known }];
  });
  // One that is not understood could be the one that matters.
  const failure = errors.length === matches.length ? connectFailure(errors) : undefined;
  if (failure === undefined) return { kind: 'connect-failed', phases };
  if (failure.kind === 'timed-out') return { kind: 'timed-out', phase: 'connect', phases };
  if (failure.kind === 'not-permitted') return { kind: 'unreachable', which: 'prohibited', phases };
  return { ...failure, phases };
};
