/** docs/FINDINGS.md: the pages of all codes that this version looks for, in Markdown. */
import type { Code } from '../../src/codes/index.ts';

const prose = (text: string): string => text.replace(/[*_<[\\]/g, '\\$&');

const entryOf = ({ code, id, title, severity, role, page }: Code): readonly string[] =>
  page === undefined
    ? []
    : [
        `### ${code} ${id}`,
        `**${prose(title)}** (${severity}, ${role}). ${prose(page.meaning)}`,
        ['```', ...page.confirm, '```'].join('\n'),
        `*To mend it:* ${prose(page.mend)}`,
        `*Looks alike:* ${prose(page.looksAlike)}`,
      ];

export const findingsPage = (codes: readonly Code[]): string => {
  const layers = [...new Set(codes.filter(({ page }) => page !== undefined).map(({ layer }) => layer))];
  const later = codes.filter(({ page }) => page === undefined).map(({ code }) => code);
  const blocks = [
    '# Findings',
    'What `kubectl netcheck explain CODE` says, for every code. Made from `src/codes/` by the tests (`UPDATE_GOLDENS=1 npm test -- test/report`). Words in capitals are to be filled in. A code never changes its meaning and is never used again.',
    ...layers.flatMap((layer) => [
      `## ${layer}`,
      ...codes.filter((entry) => entry.layer === layer).flatMap(entryOf),
    ]),
    ...(later.length === 0
      ? []
      : ['## Not looked for yet', `These have their number, and no rule yet: ${later.join(', ')}.`]),
  ];
  return `${blocks.join('\n\n')}\n`;
};
