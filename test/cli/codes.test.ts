import { describe, expect, jest, test } from '@jest/globals';
import { CODES } from '../../src/codes/index.ts';
import { renderCode, renderCodes } from '../../src/report/codes-text.ts';
import { netcheck } from './in-process.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const PIPE = { width: 80, color: false, unicode: true, verbose: false };

describe('codes', () => {
  test('lists each code once', async () => {
    const { code, stdout } = await netcheck(['codes']);
    expect(code).toBe(0);
    expect(Array.from(stdout.matchAll(/^ {2}(NC\d{4}) /gm), ([, found]) => found).sort()).toEqual(
      CODES.map((entry) => entry.code).sort(),
    );
  });

  test('as JSON', async () => {
    expect(JSON.parse((await netcheck(['codes', '-o', 'json'])).stdout)).toEqual(CODES);
  });

  test.each([40, 80, 120])('within %i columns, without trailing space', (width) => {
    for (const line of renderCodes(CODES, { ...PIPE, width }).split('\n')) {
      expect(line).not.toMatch(/ $/);
      expect(line.length).toBeLessThanOrEqual(width === 40 ? 46 : Math.min(width, 100));
    }
  });
});

describe('explain', () => {
  test.each(CODES.map((entry) => [entry.code, entry] as const))('%s', async (code, entry) => {
    const ran = await netcheck(['explain', code]);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: renderCode(entry, PIPE) });
    expect(ran.stdout.startsWith(`${code} ${entry.id}\n`)).toBe(true);
    for (const command of entry.page?.confirm ?? []) expect(ran.stdout).toContain(`\n  ${command}\n`);
    if (entry.page === undefined) expect(ran.stdout).toContain('does not look for it yet');
  });

  test('by its name, in any case of the code, as JSON', async () => {
    const [entry] = CODES;
    if (entry === undefined) throw new Error('no codes');
    const { stdout } = await netcheck(['explain', entry.code]);
    expect((await netcheck(['explain', entry.code.toLowerCase()])).stdout).toBe(stdout);
    expect((await netcheck(['explain', entry.id])).stdout).toBe(stdout);
    expect(JSON.parse((await netcheck(['explain', entry.id, '-o', 'json'])).stdout)).toEqual(entry);
  });

  test('a code that there is not', async () => {
    const ran = await netcheck(['explain', 'NC0000']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^error: there is no finding NC0000\n/);
    expect((await netcheck(['explain', 'pod-not-fuond'])).stderr).toContain('did you mean pod-not-found?');
  });
});
