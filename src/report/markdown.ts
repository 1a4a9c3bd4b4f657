/** `--report markdown=FILE`: for a pull request, an issue, or a job's summary on GitHub. */
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { code, codeBlock, prose } from './encode/markdown.ts';
import { containerText } from './text-details.ts';
import {
  consequences,
  explainCommand,
  findingsOf,
  GLYPHS,
  gravity,
  headline,
  isInPod,
  mendLines,
  rootOf,
  runFacts,
  subjectOf,
  took,
} from './verdict-words.ts';

/** Loose and tight lists look different: one block, so that it is a tight one. */
const list = (items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];

const section = (title: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [`## ${title}`, ...blocks];

const verdict = (report: Report): readonly string[] => {
  const root = rootOf(report);
  const { status, chain, summary } = report.verdict;
  return [
    `**${GLYPHS[status]} ${status}:** ${prose(root === undefined ? summary : root.summary)}`,
    ...list(
      consequences({ ...report.verdict, chain }).flatMap((name) =>
        findingsOf(report, name).map((finding) => `follows: ${prose(finding.summary)} (${code(name)})`),
      ),
    ),
  ];
};

const commands = (label: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${label}:`, codeBlock(lines, 'sh')];

const mend = (text: string | undefined): readonly string[] => {
  if (text === undefined) return [];
  const lines = mendLines(text);
  return ['What would mend it:', codeBlock(lines, lines.length > 1 ? '' : 'sh')];
};

const finding = (of: Finding): readonly string[] => [
  `### ${GLYPHS[of.severity]} ${code(of.code)} ${prose(of.id)}`,
  `${gravity(of)}, layer ${of.layer}: ${prose(of.summary)}`,
  ...list(of.evidence.map((fact) => `seen: ${prose(fact)}`)),
  ...commands(
    'To look closer',
    of.next.filter((command) => !isInPod(command)),
  ),
  ...commands('In a container of the pod', of.next.filter(isInPod)),
  ...mend(of.mend),
  `More: ${code(explainCommand(of))}`,
];

const layers = ({ layers: lines }: Report): readonly string[] =>
  list(
    lines.map((line) => {
      const codes = [...new Set(line.codes)].map((name) => ` ${code(name)}`).join('');
      return `${GLYPHS[line.state]} **${line.layer}**: ${prose(line.detail)}${took(line)}${codes}`;
    }),
  );

const checks = (report: Report): readonly string[] =>
  list(
    report.checks.map(
      (check) =>
        `${GLYPHS[check.state]} ${check.state}: **${check.layer}** ${code(check.id)}: ${prose(check.detail)}${took(check)}`,
    ),
  );

const run = (report: Report): readonly string[] =>
  list([
    ...runFacts(report).map(([name, value]) => `${name}: ${code(value)}`),
    `container: ${prose(containerText(report.entry))}`,
  ]);

export const renderMarkdown = (report: Report): string =>
  `${[
    `# ${GLYPHS[report.verdict.status]} netcheck ${code(subjectOf(report))}: ${prose(headline(report))}`,
    ...verdict(report),
    ...layers(report),
    ...section('Findings', report.findings.flatMap(finding)),
    ...section('Could not tell', list(report.verdict.unknowns.map(prose))),
    ...section('Checks', checks(report)),
    ...section('The run', run(report)),
  ].join('\n\n')}\n`;
