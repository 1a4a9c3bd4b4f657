/** `--report github=FILE`: annotations, once a step of a GitHub workflow prints the file. */
import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { workflowCommand } from './encode/github.ts';
import { explainCommand, headline, isInPod, likelihood, mendLines, subjectOf } from './verdict-words.ts';

const OF_SEVERITY: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};
const OF_VERDICT = { healthy: 'notice', broken: 'error', inconclusive: 'warning' } as const;

const annotation = (report: Report, finding: Finding): string =>
  workflowCommand(
    OF_SEVERITY[finding.severity],
    `${finding.code} ${finding.id}${likelihood(finding)}: ${subjectOf(report)}`,
    [
      finding.summary,
      ...finding.evidence.map((fact) => `seen: ${fact}`),
      ...finding.next.map((command) => `${isInPod(command) ? 'in pod' : 'next'}: ${command}`),
      ...(finding.mend === undefined ? [] : mendLines(finding.mend).map((line) => `mend: ${line}`)),
      `more: ${explainCommand(finding)}`,
    ],
  );

export const renderGithub = (report: Report): string => {
  const { status, unknowns, summary } = report.verdict;
  return [
    workflowCommand(OF_VERDICT[status], `netcheck ${subjectOf(report)}: ${status}`, [
      headline(report),
      ...(status === 'healthy' ? [] : [summary]),
      ...(report.notes ?? []).map((note) => `note: ${note}`),
      ...unknowns.map((reason) => `could not tell: ${reason}`),
    ]),
    ...report.findings.map((finding) => annotation(report, finding)),
  ].join('');
};
