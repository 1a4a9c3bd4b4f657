import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { renderText, type TextOptions } from '../../src/report/text.ts';
import { golden, readable } from './goldens.ts';
import { dnsWithoutEndpoints, gateRefused, healthy, interrupted } from './reports.ts';

const GOLDENS = new URL('goldens/', import.meta.url);
const PIPE: TextOptions = { width: 80, color: false, unicode: true, verbose: false };

const cases: readonly (readonly [name: string, report: Report, options: TextOptions])[] = [
  ['healthy', healthy, PIPE],
  ['healthy-120', healthy, { ...PIPE, width: 120 }],
  ['healthy-verbose', healthy, { ...PIPE, verbose: true }],
  ['broken', dnsWithoutEndpoints, PIPE],
  ['broken-verbose', dnsWithoutEndpoints, { ...PIPE, verbose: true }],
  ['broken-40', dnsWithoutEndpoints, { ...PIPE, width: 40 }],
  ['broken-ascii', dnsWithoutEndpoints, { ...PIPE, unicode: false }],
  ['broken-color', dnsWithoutEndpoints, { ...PIPE, color: true }],
  ['inconclusive', interrupted, PIPE],
  ['gate-refused', gateRefused, PIPE],
  ['gate-refused-40-verbose', gateRefused, { ...PIPE, width: 40, verbose: true }],
];

describe('renderText', () => {
  test.each(cases)('%s', (name, report, options) => {
    const text = readable(renderText(report, options));
    expect(text).toBe(golden(GOLDENS, `${name}.txt`, text));
  });

  test.each(cases)('%s has no trailing space and ends with one newline', (_name, report, options) => {
    const text = renderText(report, { ...options, color: false });
    expect(text).not.toMatch(/[ \t]$/m);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test('colour changes nothing but colour', () => {
    const colored = renderText(dnsWithoutEndpoints, { ...PIPE, color: true });
    expect(colored).toContain('\x1b[');
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(renderText(dnsWithoutEndpoints, PIPE));
  });

  test('prose keeps within the width, commands stay whole', () => {
    for (const width of [40, 60, 80, 100]) {
      const lines = renderText(dnsWithoutEndpoints, { ...PIPE, width }).split('\n');
      const commands = lines.filter((line) => /^ {2}(next|mend|more) {3}/.test(line));
      const prose = lines.filter((line) => !commands.includes(line));
      expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines).toContain(`  next   ${dnsWithoutEndpoints.findings[0]?.next[0]}`);
      expect(lines).toContain(`  mend   ${dnsWithoutEndpoints.findings[0]?.mend}`);
    }
  });

  test('ASCII only where the terminal is not known to take UTF-8', () => {
    const text = renderText(dnsWithoutEndpoints, { ...PIPE, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('each finding is told, also a second one of a code in the chain', () => {
    const [first] = dnsWithoutEndpoints.findings;
    if (first === undefined) throw new Error('no finding');
    const twice: Report = {
      ...dnsWithoutEndpoints,
      findings: [
        ...dnsWithoutEndpoints.findings,
        { ...first, summary: 'and node-local-dns has none either.' },
      ],
    };
    expect(renderText(twice, PIPE)).toContain('and node-local-dns has none either.');
  });
});

describe('the marks are explained', () => {
  const LEGEND = /^marks$/m;
  test.each([true, false])(
    'in -v, with each glyph that a line of the screen can bear (UTF-8: %s)',
    (unicode) => {
      const text = renderText(dnsWithoutEndpoints, { ...PIPE, unicode, verbose: true });
      const [, legend = ''] = text.split(LEGEND);
      for (const glyph of unicode ? ['✔', '!', '✖', '?', '-', '└▶'] : ['v', '!', 'x', '?', '-', '->'])
        expect(legend).toContain(`\n  ${glyph} `);
    },
  );

  test('and not in the default report', () => {
    expect(renderText(dnsWithoutEndpoints, PIPE)).not.toMatch(LEGEND);
  });
});
