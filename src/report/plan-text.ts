/** `--dry-run`: what would be asked of the pod, and the container that would be added. */
import { suite } from '../../probes/index.ts';
import type { Case } from '../model/case.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckResult, DryRun } from '../model/options.ts';
import { columns, createScreen, hanging, type Screen, type TextOptions } from './screen.ts';
import { findingBlocks } from './text-verdict.ts';

/** `consent`: what waits for `--yes`; the API server was asked to check it. */
export type PlanMode = Exclude<DryRun, 'none'> | 'consent';

const SAID: Readonly<Record<PlanMode, string>> = {
  client: 'dry run: nothing was changed, and the API server was not asked to check the container',
  server: 'dry run: nothing was changed; the API server was asked to check the container',
  consent: 'nothing was changed: this would be, and the API server admits it; --yes makes the change',
};

/** Why a real run would end before the container runs; nothing where it would not. */
const obstacle = (value: Case): string | undefined => {
  const { entry } = value;
  if (entry.state === 'refused')
    return `the API server refuses it with ${entry.httpStatus}: ${entry.message}`;
  if (entry.state !== 'not-attempted' || ['dry-run', 'needs-consent'].includes(entry.why)) return undefined;
  const rights = (entry.missing ?? []).map(({ verb, resource }) => `${verb} ${resource}`);
  if (rights.length > 0) return `missing rights: ${rights.join(', ')}`;
  return entry.detail ?? entry.why;
};

const plan = (asks: Case['asks'], screen: Screen): readonly string[] => {
  const ids = asks.map((ask) => screen.clean(ask.id));
  const width = Math.min(44, Math.max(0, ...ids.map(columns)));
  return asks.flatMap((ask, index) => {
    const probe = suite.find(({ id }) => id === ask.probe);
    const does =
      probe === undefined ? 'not known to this version' : screen.clean(`${probe.summary} (${probe.tool})`);
    const id = ids[index] ?? '';
    if (columns(id) > width || screen.width < width + 30) return [`  ${id}`, `      ${does}`];
    return hanging(`  ${id}${' '.repeat(width - columns(id))}  `, width + 4, does, screen.width);
  });
};

const changeLines = ({ change }: CheckResult, screen: Screen): readonly string[] => {
  if (change === undefined) return [];
  const body = JSON.stringify(change.body, undefined, 2).split('\n').map(screen.clean);
  return [screen.paint('dim', screen.clean(change.title)), ...body];
};

const consequenceLines = ({ change }: CheckResult, screen: Screen): readonly string[] => [
  ...(change?.consequences ?? []).flatMap((text) => hanging('- ', 2, screen.clean(text), screen.width)),
  ...(change?.byHand === undefined
    ? []
    : [`  ${screen.paint('dim', 'by hand')} ${screen.clean(change.byHand)}`]),
];

/** `findings`: what the API server's knowledge alone already tells. */
export const renderPlan = (
  result: CheckResult,
  mode: PlanMode,
  findings: readonly Finding[],
  options: TextOptions,
): string => {
  const screen = createScreen(options);
  const { target, asks, entry } = result.case;
  const stop = obstacle(result.case);
  const admitted = mode === 'server' && entry.state === 'not-attempted' && entry.why === 'dry-run';
  const blocks = [
    [
      screen.paint('bold', screen.clean(`${target.namespace}/${target.pod}`)),
      ...hanging('', 0, SAID[mode], screen.width),
      ...(admitted ? [`${screen.glyph('ok')} it admits the container`] : []),
    ],
    stop === undefined
      ? []
      : hanging(
          `${screen.glyph('broken')} `,
          2,
          screen.clean(`a real run would stop here: ${stop}`),
          screen.width,
        ),
    asks.length === 0 || mode === 'consent'
      ? []
      : [
          screen.paint(
            'dim',
            `would ask the pod ${asks.length} ${asks.length === 1 ? 'question' : 'questions, side by side'}`,
          ),
          ...plan(asks, screen),
        ],
    changeLines(result, screen),
    consequenceLines(result, screen),
    ...findingBlocks(findings, 'already known', screen),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
};

/** The same for a program. */
export const planValue = (result: CheckResult, mode: PlanMode, findings: readonly Finding[]): unknown => {
  const { apiVersion, toolVersion, gatheredAt, target, entry, asks } = result.case;
  return {
    apiVersion,
    kind: 'Plan',
    toolVersion,
    gatheredAt,
    dryRun: mode,
    target,
    entry,
    asks,
    patch: result.change?.body,
    consequences: result.change?.consequences ?? [],
    byHand: result.change?.byHand,
    findings,
  };
};
