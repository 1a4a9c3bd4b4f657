/**
 * `--report junit=FILE`: for a CI system that shows tests. One suite a target, one case a check, and one for the verdict, which holds
 * the findings. What was not measured is an error: it is no pass, and it is not skipped by choice.
 */
import type { Finding } from '../model/finding.ts';
import type { Check, Report } from '../model/report.ts';
import { xmlText } from './encode/xml.ts';
import {
  explainCommand,
  gravity,
  headline,
  isInPod,
  mendLines,
  runFacts,
  subjectOf,
} from './verdict-words.ts';

const attributes = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

/** Each line is encoded by itself: a newline of the data makes none here. */
const content = (lines: readonly string[]): string => lines.map(xmlText).join('\n');

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly group: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** One line. */
  readonly message: string;
  readonly details: readonly string[];
  readonly durationMs: number;
}

const OF_CHECK: Readonly<Record<Check['state'], Outcome>> = {
  ok: 'passed',
  failed: 'failure',
  unknown: 'error',
  'not-applicable': 'skipped',
};

const OF_VERDICT: Readonly<Record<Report['verdict']['status'], Outcome>> = {
  healthy: 'passed',
  broken: 'failure',
  inconclusive: 'error',
};

const findingLines = (finding: Finding): readonly string[] => [
  `${finding.code} ${finding.id} (${gravity(finding)}): ${finding.summary}`,
  ...finding.evidence.map((fact) => `  seen: ${fact}`),
  ...finding.next.map((command) => `  ${isInPod(command) ? 'in pod' : 'next'}: ${command}`),
  ...(finding.mend === undefined ? [] : mendLines(finding.mend).map((line) => `  mend: ${line}`)),
  `  more: ${explainCommand(finding)}`,
];

const checkCase = (check: Check): Case => ({
  group: check.layer,
  name: check.id,
  outcome: OF_CHECK[check.state],
  message: check.detail,
  details: [],
  durationMs: check.durationMs ?? 0,
});

const verdictCase = (report: Report): Case => ({
  group: 'verdict',
  name: 'verdict',
  outcome: OF_VERDICT[report.verdict.status],
  message: headline(report),
  details: [
    ...report.findings.flatMap(findingLines),
    ...report.verdict.unknowns.map((reason) => `could not tell: ${reason}`),
  ],
  durationMs: 0,
});

const caseLines = ({ group, name, outcome, message, details, durationMs }: Case): readonly string[] => {
  const open = `    <testcase${attributes({ classname: `netcheck.${group}`, name, time: seconds(durationMs) })}`;
  const said = content(details);
  switch (outcome) {
    case 'passed':
      return [
        `${open}>`,
        `      <system-out>${content([message, ...details])}</system-out>`,
        '    </testcase>',
      ];
    case 'skipped':
      return [`${open}>`, `      <skipped${attributes({ message })}/>`, '    </testcase>'];
    case 'failure':
    case 'error': {
      const type = outcome === 'failure' ? 'failed' : 'not-measured';
      return [
        `${open}>`,
        `      <${outcome}${attributes({ message, type })}>${said}</${outcome}>`,
        '    </testcase>',
      ];
    }
  }
};

const propertyLines = (report: Report): readonly string[] => [
  '    <properties>',
  ...[...runFacts(report), ['verdict', report.verdict.status] as const].map(
    ([name, value]) => `      <property${attributes({ name, value })}/>`,
  ),
  '    </properties>',
];

export const renderJunit = (report: Report): string => {
  const cases = [verdictCase(report), ...report.checks.map(checkCase)];
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(report.durationMs),
  };
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'kubectl netcheck', ...counts })}>`,
    `  <testsuite${attributes({ name: subjectOf(report), timestamp: report.gatheredAt, ...counts })}>`,
    ...propertyLines(report),
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
};
