/**
 * Text in GitHub flavoured Markdown. Backslashes are not enough there: GitHub looks for @names, #issues, addresses and :emoji: once
 * Markdown is done, everywhere but in code. So plain words stay prose, and every other word is code.
 */
import { visible } from '../safe.ts';

const PROSE = /^[\p{L}\p{N}.,;()'"%→–—…/=+-]+:?$/u;
const BECOMES_A_LINK = /www\.|^gh-\d|^[\da-f]{7,40}$/i;
const isProse = (word: string): boolean => PROSE.test(word) && !BECOMES_A_LINK.test(word);

const longestRunOfTicks = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

/** One line of code. */
export const code = (text: string): string => {
  const shown = visible(text);
  if (shown.trim() === '') return '';
  const ticks = '`'.repeat(longestRunOfTicks(shown) + 1);
  // One space on each side is taken away again.
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
};

/** Words of a line, behind something of our own, so that none of them begins a block. */
export const prose = (text: string): string => {
  const runs: { readonly words: string[]; readonly plain: boolean }[] = [];
  for (const word of visible(text)
    .split(' ')
    .filter((part) => part !== '')) {
    const plain = isProse(word);
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ words: [word], plain });
  }
  return runs
    .map(({ words, plain }) => {
      const text = words.join(' ');
      if (plain) return text;
      const end = /[,.;]*$/.exec(text)?.[0] ?? '';
      return end.length === text.length ? text : code(text.slice(0, text.length - end.length)) + end;
    })
    .join(' ');
};

/** Lines to copy. */
export const codeBlock = (lines: readonly string[], language: 'sh' | 'yaml' | ''): string => {
  const shown = lines.map(visible);
  const fence = '`'.repeat(Math.max(3, longestRunOfTicks(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence].join('\n');
};
