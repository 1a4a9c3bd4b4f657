/** `codes` and `explain CODE` for a terminal. */
import type { Code } from '../codes/index.ts';
import { columns, createScreen, hanging, type Screen, type TextOptions, wrap } from './screen.ts';

/** Until a rule finds it, a code stands in the list for what it will mean. */
const NOT_YET = 'this version does not look for it yet';
const NOT_YET_MARK = '*';

const lineOf = (entry: Code, idWidth: number, screen: Screen): readonly string[] => {
  const later = entry.page === undefined;
  const id = screen.paint(later ? 'dim' : 'bold', entry.id.padEnd(idWidth));
  const head = `  ${entry.code}  ${id} ${later ? NOT_YET_MARK : ' '} `;
  const indent = 2 + entry.code.length + 2 + idWidth + 3;
  const title = screen.clean(entry.title);
  if (screen.width - indent >= 30) return hanging(head, indent, title, screen.width);
  return [head.trimEnd(), ...hanging('      ', 6, title, screen.width)];
};

export const renderCodes = (codes: readonly Code[], options: TextOptions): string => {
  const screen = createScreen(options);
  const idWidth = Math.max(0, ...codes.map(({ id }) => columns(id)));
  const layers = [...new Set(codes.map(({ layer }) => layer))];
  const blocks = layers.map((layer) => [
    screen.paint('dim', layer),
    ...codes.filter((entry) => entry.layer === layer).flatMap((entry) => lineOf(entry, idWidth, screen)),
  ]);
  const last = [
    ...(codes.some(({ page }) => page === undefined)
      ? hanging(`${NOT_YET_MARK.padEnd(5)}  `, 7, NOT_YET, screen.width)
      : []),
    'more   kubectl netcheck explain CODE',
  ];
  return `${[...blocks, last].map((block) => block.join('\n')).join('\n\n')}\n`;
};

const ROLE: Readonly<Record<Code['role'], string>> = {
  symptom: 'a symptom: what a probe saw, which something else may explain',
  cause: 'a cause: what explains symptoms',
};

const paragraph = (name: string, text: string, screen: Screen): readonly string[] => [
  screen.paint('bold', name),
  ...wrap(screen.clean(text), screen.width - 2).map((line) => `  ${line}`),
];

export const renderCode = (entry: Code, options: TextOptions): string => {
  const screen = createScreen(options);
  const { page } = entry;
  const head = [
    screen.paint('bold', `${entry.code} ${entry.id}`),
    ...hanging('  ', 2, screen.clean(entry.title), screen.width),
    ...hanging('  ', 2, `layer ${entry.layer}; ${entry.severity}; ${ROLE[entry.role]}`, screen.width),
  ];
  const blocks =
    page === undefined
      ? [head, hanging('', 0, `${NOT_YET}.`.replace(/^t/, 'T'), screen.width)]
      : [
          head,
          paragraph('What it means', page.meaning, screen),
          // Commands stay on one line, to be copied.
          [
            screen.paint('bold', 'How to confirm it by hand'),
            ...page.confirm.map((command) => `  ${screen.clean(command)}`),
          ],
          paragraph('How to mend it', page.mend, screen),
          paragraph('What looks alike', page.looksAlike, screen),
        ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
};
