import { expect, test } from '@jest/globals';
import { CODES } from '../../src/codes/index.ts';
import { renderCodes } from '../../src/report/codes-text.ts';
import type { TextOptions } from '../../src/report/text.ts';

const PIPE: TextOptions = { width: 80, color: false, unicode: true, verbose: false };

test.each([40, 80, 120])(
  'at %i columns each code that is not looked for is marked, and said once why',
  (width) => {
    const text = renderCodes(CODES, { ...PIPE, width });
    for (const { code, page } of CODES) {
      const line = text.split('\n').find((one) => one.startsWith(`  ${code} `)) ?? '';
      expect([code, / \*( |$)/.test(line)]).toEqual([code, page === undefined]);
    }
    expect(text.match(/this version/g)).toHaveLength(1);
  },
);

test('no mark is explained where none is set', () => {
  const text = renderCodes(
    CODES.filter(({ page }) => page !== undefined),
    PIPE,
  );
  expect(text).not.toContain('*');
  expect(text).not.toContain('this version');
});
