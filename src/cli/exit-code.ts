/** The exit status, worked out from the report alone. */
import { isGate } from '../codes/index.ts';
import type { Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { FailOn } from './command.ts';
import { EXIT } from './exit-status.ts';

const COUNTS: Readonly<Record<FailOn, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/**
 * A finding that only says that netcheck could not look (access denied, image not pulled) tells nothing of the network: 4, not 3.
 * 3 findings at or above `failOn`, 4 inconclusive, 1 the API server did not answer, else 0. `never` silences findings, not
 * what could not be measured: that is no pass.
 */
export const exitCode = (
  report: Pick<Report, 'findings' | 'verdict' | 'entry'>,
  failOn: FailOn,
): 0 | 1 | 3 | 4 => {
  const { status } = report.verdict;
  const counted = report.findings.some(
    ({ severity, code }) => COUNTS[failOn].includes(severity) && !isGate(code),
  );
  if (counted || (status === 'broken' && failOn !== 'never')) return EXIT.findings;
  if (report.entry.state === 'not-attempted' && report.entry.why === 'api-unavailable') return EXIT.failed;
  return status === 'inconclusive' ? EXIT.inconclusive : EXIT.healthy;
};
