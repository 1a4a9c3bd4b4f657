/** `--report html=FILE`: one page that needs nothing else, with no script, no link and no form. */
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { htmlText } from './encode/html.ts';
import { STYLE, STYLE_SHA256 } from './html-style.ts';
import { containerText, outcomeText } from './text-details.ts';
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

const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;

type Tag = 'h1' | 'h2' | 'h3' | 'p' | 'li' | 'td' | 'dt' | 'dd' | 'code' | 'strong' | 'title';

/** `kind`: a word of ours, never data. */
const element = (tag: Tag, text: string, kind?: string): string =>
  `<${tag}${kind === undefined ? '' : ` class="${kind}"`}>${htmlText(text)}</${tag}>`;

const list = (items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : ['<ul>', ...items.map((item) => element('li', item)), '</ul>'];

/** Each line is encoded by itself: a newline of the data makes none here. */
const block = (lines: readonly string[]): string =>
  `<pre><code>${lines.map(htmlText).join('\n')}</code></pre>`;

const table = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : ['<table>', ...rows.map((cells) => `<tr>${cells.join('')}</tr>`), '</table>'];

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['<section>', element('h2', title), ...lines, '</section>'];

const verdict = (report: Report): readonly string[] => [
  element('h1', `${GLYPHS[report.verdict.status]} ${headline(report)}`, report.verdict.status),
  element('p', rootOf(report)?.summary ?? report.verdict.summary),
  ...list(
    consequences(report.verdict).flatMap((code) =>
      findingsOf(report, code).map(({ summary }) => `follows: ${summary} (${code})`),
    ),
  ),
];

const layers = (report: Report): readonly string[] =>
  table(
    report.layers.map((line) => [
      element('td', `${GLYPHS[line.state]} ${line.layer}`, line.state),
      element('td', `${line.detail}${took(line)}`, 'detail'),
      element('td', [...new Set(line.codes)].join(' ')),
    ]),
  );

const commands = (label: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [element('p', label), block(lines)];

const finding = (of: Finding): readonly string[] => [
  '<article>',
  element('h3', `${GLYPHS[of.severity]} ${of.code} ${of.id}`, of.severity),
  element('p', of.summary),
  element('p', `${gravity(of)}, layer ${of.layer}`),
  ...list(of.evidence.map((fact) => `seen: ${fact}`)),
  ...commands(
    'To look closer:',
    of.next.filter((command) => !isInPod(command)),
  ),
  ...commands('In a container of the pod:', of.next.filter(isInPod)),
  ...commands('What would mend it:', of.mend === undefined ? [] : mendLines(of.mend)),
  `<p>More: ${element('code', explainCommand(of))}</p>`,
  '</article>',
];

const checks = (report: Report): readonly string[] =>
  table(
    report.checks.map((check) => [
      element('td', `${GLYPHS[check.state]} ${check.state}`, check.state),
      element('td', `${check.layer} ${check.id}`),
      element('td', `${check.detail}${took(check)}`, 'detail'),
    ]),
  );

/** Folded up: they are for who doubts the rest. */
const answers = (report: Report): readonly string[] =>
  report.observations.length === 0
    ? []
    : [
        '<details>',
        `<summary>${report.observations.length} answers of the pod</summary>`,
        ...table(
          report.observations.map((observation) => [
            element('td', observation.id, 'detail'),
            element('td', `${outcomeText(observation.outcome)}${took(observation)}`, 'detail'),
          ]),
        ),
        '</details>',
      ];

const run = (report: Report): readonly string[] => [
  '<dl>',
  ...[...runFacts(report), ['container', containerText(report.entry)] as const].map(
    ([name, value]) => element('dt', name) + element('dd', value),
  ),
  '</dl>',
];

export const renderHtml = (report: Report): string =>
  `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="referrer" content="no-referrer">',
    element('title', `netcheck ${subjectOf(report)}: ${report.verdict.status}`),
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...verdict(report),
    ...layers(report),
    ...section('Findings', report.findings.flatMap(finding)),
    ...section('Could not tell', list(report.verdict.unknowns)),
    ...section('Checks', checks(report)),
    ...section('The run', [...run(report), ...answers(report)]),
    '</body>',
    '</html>',
  ].join('\n')}\n`;
