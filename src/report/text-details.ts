/** What `-v` adds: each check, each answer of the pod, and how the container did. */
import type { Entry } from '../model/entry.ts';
import type { Check, Report } from '../model/report.ts';
import { columns, durationText, hanging, type Mark, type Screen } from './screen.ts';

const MARKS: Readonly<Record<Check['state'], Mark>> = {
  ok: 'ok',
  failed: 'broken',
  unknown: 'unknown',
  'not-applicable': 'none',
};

const WIDEST_NAME = 40;

const nameWidth = (names: readonly string[]): number =>
  Math.min(WIDEST_NAME, Math.max(0, ...names.map((name) => columns(name))));

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

const checks = (report: Report, screen: Screen): readonly string[] => {
  const names = report.checks.map((check) => screen.clean(`${check.layer} ${check.id}`));
  const width = nameWidth(names);
  return report.checks.flatMap((check, index) => {
    const took = check.durationMs === undefined ? '' : ` (${durationText(check.durationMs)})`;
    const head = `  ${screen.glyph(MARKS[check.state])} ${padded(names[index] ?? '', width)}  `;
    return hanging(head, width + 6, screen.clean(check.detail) + took, screen.width);
  });
};

/** The outcome's kind, and what it holds, shortly: objects as JSON. */
export const outcomeText = (outcome: { readonly kind: string }): string => {
  const { kind, ...rest } = outcome;
  const held = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (held.length === 0) return kind;
  const json = JSON.stringify(Object.fromEntries(held));
  return `${kind} ${json.length > 300 ? `${json.slice(0, 300)}...` : json}`;
};

const answers = (report: Report, screen: Screen): readonly string[] => {
  const names = report.observations.map((observation) => screen.clean(observation.id));
  const width = nameWidth(names);
  return report.observations.flatMap((observation, index) => {
    const took = observation.durationMs === undefined ? '' : ` (${durationText(observation.durationMs)})`;
    const head = `  ${padded(names[index] ?? '', width)}  `;
    return hanging(head, width + 4, screen.clean(outcomeText(observation.outcome)) + took, screen.width);
  });
};

/** How the debug container did. */
export const containerText = (entry: Entry): string => {
  switch (entry.state) {
    case 'not-attempted':
      return `none was added (${entry.why}${entry.detail === undefined ? '' : `: ${entry.detail}`})`;
    case 'refused':
      return `${entry.container}, image ${entry.image}: refused with ${entry.httpStatus}: ${entry.message}`;
    case 'not-started':
      return `${entry.container}, image ${entry.image}: did not start: ${entry.reason}: ${entry.message} (told by ${entry.toldBy})`;
    case 'ran': {
      const start = entry.startMs === undefined ? '' : `, started after ${durationText(entry.startMs)}`;
      const exit = entry.exitCode === undefined ? '' : `, exit status ${entry.exitCode}`;
      const detail = entry.detail === undefined ? '' : `: ${entry.detail}`;
      return `${entry.container}, image ${entry.image}${start}, ${entry.end}${exit}${detail}`;
    }
  }
};

const section = (name: string, lines: readonly string[], screen: Screen): readonly string[] =>
  lines.length === 0 ? [] : [screen.paint('dim', name), ...lines];

/** For who sees such a report for the first time. */
const LEGEND: readonly (readonly [Mark, string])[] = [
  ['ok', 'measured, and it works'],
  ['warning', 'it works, and something is worth a look'],
  ['broken', 'it does not work'],
  ['unknown', 'not known: no answer, or not evaluated'],
  ['none', 'not asked, or something before it must work first'],
];

const legend = (screen: Screen): readonly string[] => [
  ...LEGEND.flatMap(([mark, text]) => hanging(`  ${screen.glyph(mark)}   `, 6, text, screen.width)),
  ...hanging(`  ${screen.arrow}  `, 6, 'follows from what stands above it', screen.width),
];

/** How much of the run was the API server's. */
const requests = ({ apiRequests }: Report): readonly string[] =>
  apiRequests === undefined ? [] : [`  ${apiRequests} requests to the API server`];

export const details = (report: Report, screen: Screen): readonly (readonly string[])[] => [
  section('checks', checks(report, screen), screen),
  section('answers', answers(report, screen), screen),
  section('container', hanging('  ', 2, screen.clean(containerText(report.entry)), screen.width), screen),
  section('requests', requests(report), screen),
  section('marks', legend(screen), screen),
];
