import { expect, test } from '@jest/globals';
import { figureText, page } from './page.ts';

const part = (title: string) => ({ title, about: `About ${title}.`, measure: async () => [] });
const measured = (title: string, right: number) => ({
  part: part(title),
  figures: [{ name: '429 | once', tried: 3, right, detail: 'slowest 1.0 s' }],
});
const TITLES = ['Gates', 'Signals'];

test('a part that is measured anew takes the place of what stood there; the others stay', () => {
  const first = page(TITLES, [measured('Signals', 3), measured('Gates', 3)], '');
  expect(first.indexOf('## Gates')).toBeLessThan(first.indexOf('## Signals'));
  expect(first).toContain('| 429 \\| once | 3 | 3 | slowest 1.0 s |');
  const second = page(TITLES, [measured('Gates', 2)], first);
  expect(second.match(/^## /gm)).toHaveLength(2);
  expect(second).toContain('| 3 | **2** |');
  expect(second).toContain('About Signals.');
  expect(page(TITLES, [], second)).toBe(second);
});

test('what is wrong stands out in a line, too', () => {
  expect(figureText({ name: 'cut', tried: 2, right: 1, detail: '' })).toBe('WRONG  cut: 1 of 2');
});
