/** The screen: one line a layer, then the verdict with its chain, and what to type next. Brief where all is well. */
import type { LayerLine, Report } from '../model/report.ts';
import {
  columns,
  createScreen,
  durationText,
  hanging,
  type Mark,
  type Screen,
  type TextOptions,
  wrap,
} from './screen.ts';
import { details } from './text-details.ts';
import { verdict } from './text-verdict.ts';

export type { TextOptions } from './screen.ts';

const LABEL = 13;
/** Below this the right-hand column is given up. */
const NARROW = 60;

const header = (report: Report, screen: Screen): readonly string[] => {
  const { target } = report;
  const picked = target.pickedFrom;
  const name = screen.clean(`${target.namespace}/${target.pod}`);
  const parts = [
    ...(picked === undefined ? [] : [`(${screen.clean(picked.owner)}, 1 of ${picked.count})`]),
    ...(target.node === undefined ? [] : [screen.clean(target.node)]),
    ...target.podIPs.map(screen.clean),
    ...(report.destination === undefined ? [] : [`to ${screen.clean(report.destination.requested)}`]),
  ];
  const took = durationText(report.durationMs);
  const one = [name, ...parts].join('  ');
  const gap = screen.width - columns(one) - columns(took);
  if (gap >= 2)
    return [
      `${[screen.paint('bold', name), ...parts].join('  ')}${' '.repeat(gap)}${screen.paint('dim', took)}`,
    ];
  return [screen.paint('bold', name), ...packed([...parts, took], screen.width)];
};

/** Parts side by side, as many as fit in a line. */
const packed = (parts: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''}  ${part}`;
    if (lines.length > 0 && columns(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(`  ${part}`);
  }
  return lines;
};

const MARKS: Readonly<Record<LayerLine['state'], Mark>> = {
  ok: 'ok',
  warning: 'warning',
  broken: 'broken',
  unknown: 'unknown',
  'not-run': 'none',
};

/** Codes where there are findings, else how long it took. */
const rightOf = (line: LayerLine, chain: readonly string[], screen: Screen): string => {
  // The root first: where there is no room for all, it is what has to be seen.
  const rank = (code: string): number => (chain.includes(code) ? chain.indexOf(code) : chain.length);
  const codes = [...new Set(line.codes)].sort((a, b) => rank(a) - rank(b)).map(screen.clean);
  if (codes.length > 2) return `${codes.slice(0, 2).join(' ')} +${codes.length - 2}`;
  if (codes.length > 0) return codes.join(' ');
  return line.durationMs === undefined ? '' : durationText(line.durationMs);
};

const layer = (line: LayerLine, chain: readonly string[], screen: Screen): readonly string[] => {
  const head = `  ${line.layer.padEnd(LABEL - 2)}${screen.glyph(MARKS[line.state])} `;
  const indent = LABEL + 2;
  const detail = screen.clean(line.detail);
  const right = rightOf(line, chain, screen);
  if (right === '') return hanging(head, indent, detail, screen.width);
  if (screen.width < NARROW) return hanging(head, indent, `${detail} (${right})`, screen.width);
  const room = screen.width - indent - columns(right);
  const [first = '', ...rest] = wrap(detail, room - 2);
  const gap = ' '.repeat(Math.max(2, room - columns(first)));
  return [
    `${head}${first}${gap}${screen.paint('dim', right)}`,
    ...rest.map((text) => ' '.repeat(indent) + text),
  ];
};

const layers = (report: Report, screen: Screen): readonly string[] =>
  report.layers.flatMap((line) => layer(line, report.verdict.chain, screen));

const notes = (report: Report, screen: Screen): readonly string[] =>
  (report.notes ?? []).flatMap((note) =>
    hanging(`  ${screen.paint('dim', 'note')}  `, 8, screen.clean(note), screen.width),
  );

/** Text for a terminal or a pipe, with a newline at its end. Nothing in it but newlines and our own SGR codes is a control character. */
export const renderText = (report: Report, options: TextOptions): string => {
  const screen = createScreen(options);
  const blocks = [
    header(report, screen),
    notes(report, screen),
    layers(report, screen),
    ...(screen.verbose ? details(report, screen) : []),
    ...verdict(report, screen),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.map((line) => line.replace(/ +$/, '')).join('\n')).join('\n\n')}\n`;
};
