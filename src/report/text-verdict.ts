/** The last block: what is wrong, what follows from it, what to type next; then what could not be told. */
import type { Finding } from '../model/finding.ts';
import type { Report, Verdict } from '../model/report.ts';
import { hanging, type Mark, type Screen } from './screen.ts';
import {
  CAUSE_OPEN,
  consequences,
  findingsOf,
  isInPod,
  isMeasured,
  likelihood,
  rootOf,
} from './verdict-words.ts';

/** A command: on one line however long, so that it can be copied. */
const command = (label: string, text: string, screen: Screen): string =>
  `  ${screen.paint('dim', label.padEnd(6))} ${screen.clean(text)}`;

/** A mend may be YAML: its own lines are kept, below its label. */
const mend = (text: string, screen: Screen): readonly string[] => {
  const lines = text.replace(/\n+$/, '').split('\n');
  const [first = ''] = lines;
  if (lines.length === 1) return [command('mend', first, screen)];
  return [`  ${screen.paint('dim', 'mend')}`, ...lines.map((line) => `    ${screen.clean(line)}`)];
};

const actions = (finding: Finding, screen: Screen): readonly string[] => [
  ...finding.next.map((text) => command(isInPod(text) ? 'in pod' : 'next', text, screen)),
  ...(finding.mend === undefined ? [] : mend(finding.mend, screen)),
  command('more', `kubectl netcheck explain ${finding.code}`, screen),
];

/** What would look like it and was not seen: src/diagnosis/wording.ts writes it so. */
const COULD_BE = /^could be: /;

const seen = (finding: Finding, screen: Screen): readonly string[] =>
  finding.evidence.flatMap((fact) => {
    const label = COULD_BE.test(fact) ? 'maybe ' : 'seen  ';
    return hanging(
      `  ${screen.paint('dim', label)} `,
      9,
      screen.clean(fact.replace(COULD_BE, '')),
      screen.width,
    );
  });

const follows = (codes: readonly string[], report: Report, screen: Screen): readonly string[] =>
  codes.flatMap((code, depth) => {
    // Each step stands one further in, as long as there is room to read it.
    const indent = 2 + 3 * Math.min(depth, Math.max(0, Math.floor((screen.width - 50) / 3)));
    const head = `${' '.repeat(indent)}${screen.arrow} `;
    // A code that fired for several things is named once, and each of them told.
    return findingsOf(report, code).flatMap(({ summary }, index) =>
      index === 0
        ? hanging(head, indent + 3, screen.clean(`${summary} (${code})`), screen.width)
        : hanging(' '.repeat(indent + 3), indent + 3, screen.clean(summary), screen.width),
    );
  });

const title = (mark: Mark, word: string, text: string, screen: Screen): readonly string[] => {
  const plain = `${word}: ${screen.clean(text)}`;
  return hanging('', 2, plain, screen.width - 2).map((line, index) =>
    index === 0
      ? `${screen.glyph(mark)} ${screen.paint('bold', screen.marked(mark, line))}`
      : screen.paint('bold', screen.marked(mark, line)),
  );
};

const sentence = (text: string, screen: Screen): readonly string[] =>
  hanging('  ', 2, screen.clean(text), screen.width);

const MARKS: Readonly<Record<Verdict['status'], Mark>> = {
  healthy: 'ok',
  broken: 'broken',
  inconclusive: 'unknown',
};

const rootBlock = (report: Report, screen: Screen): readonly string[] => {
  const { verdict } = report;
  const mark = MARKS[verdict.status];
  const root = rootOf(report);
  if (root !== undefined)
    return [
      ...title(mark, `${verdict.status}${likelihood(root)}`, `${root.code} ${root.id}`, screen),
      ...sentence(root.summary, screen),
      ...follows(consequences(verdict), report, screen),
      ...(verdict.status === 'broken' && isMeasured(root) && root.confidence !== 'certain'
        ? sentence(CAUSE_OPEN, screen)
        : []),
      ...seen(root, screen),
      ...actions(root, screen),
    ];
  // The reasons themselves stand right below.
  if (verdict.status === 'inconclusive' && verdict.unknowns.length > 0)
    return title(mark, verdict.status, 'not all of it could be measured', screen);
  return title(mark, verdict.status, verdict.summary, screen);
};

const told = (report: Report, finding: Finding): boolean =>
  finding === rootOf(report) || consequences(report.verdict).includes(finding.code);

const block = (finding: Finding, word: string, screen: Screen): readonly string[] => [
  ...title(
    finding.severity === 'error' ? 'broken' : finding.severity === 'warning' ? 'warning' : 'none',
    `${word}${likelihood(finding)}`,
    `${finding.code} ${finding.id}`,
    screen,
  ),
  ...sentence(finding.summary, screen),
  ...(screen.verbose ? seen(finding, screen) : []),
  ...actions(finding, screen),
];

/** A block for each finding, and for those of severity info only where more was asked for. */
export const findingBlocks = (
  findings: readonly Finding[],
  word: string,
  screen: Screen,
): readonly (readonly string[])[] =>
  findings
    .filter((finding) => finding.severity !== 'info' || screen.verbose)
    .map((finding) => block(finding, word, screen));

/** Every finding that the chain has not told, so that none is lost. */
const otherBlocks = (report: Report, screen: Screen): readonly (readonly string[])[] =>
  findingBlocks(
    report.findings.filter((finding) => !told(report, finding)),
    'also',
    screen,
  );

const unknowns = (report: Report, screen: Screen): readonly string[] =>
  report.verdict.unknowns.length === 0
    ? []
    : [
        `${screen.glyph('unknown')} could not tell`,
        ...report.verdict.unknowns.flatMap((reason) =>
          hanging('  - ', 4, screen.clean(reason), screen.width),
        ),
      ];

export const verdict = (report: Report, screen: Screen): readonly (readonly string[])[] => [
  rootBlock(report, screen),
  ...otherBlocks(report, screen),
  unknowns(report, screen),
];
