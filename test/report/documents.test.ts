/** The documents of `--report` and `-o yaml`: goldens that a person can read, and what each must hold whatever the report. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { load } from 'js-yaml';
import { parse as parseHtml } from 'parse5';
import { judge } from '../../src/judge.ts';
import { caseSchema } from '../../src/model/case.ts';
import type { Report } from '../../src/model/report.ts';
import { renderGithub } from '../../src/report/github.ts';
import { renderHtml } from '../../src/report/html.ts';
import { STYLE, STYLE_SHA256 } from '../../src/report/html-style.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderYaml } from '../../src/report/yaml.ts';
import { golden } from './goldens.ts';
import { readJunit } from './read-junit.ts';
import { dnsWithoutEndpoints, gateRefused, healthy, interrupted } from './reports.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const GOLDENS = new URL('goldens/documents/', import.meta.url);
const REPORTS = {
  healthy,
  broken: dnsWithoutEndpoints,
  inconclusive: interrupted,
  'gate-refused': gateRefused,
};
const RENDERERS: Readonly<Record<string, (report: Report) => string>> = {
  yaml: renderYaml,
  'junit.xml': renderJunit,
  md: renderMarkdown,
  html: renderHtml,
  'github.txt': renderGithub,
};

const CASES = new URL('../cases/', import.meta.url);
const judged: readonly Report[] = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) =>
    judge(caseSchema.parse(JSON.parse(readFileSync(new URL(`${name}/case.json`, CASES), 'utf8')))),
  );

describe.each(Object.entries(REPORTS))('%s', (name, report) => {
  test.each(Object.entries(RENDERERS))('as %s', (extension, render) => {
    const text = render(report);
    expect(text).toBe(golden(GOLDENS, `${name}.${extension}`, text));
    expect(text).toMatch(/[^\n]\n$/);
  });
});

test('YAML holds what JSON holds', () => {
  for (const report of [...Object.values(REPORTS), ...judged])
    expect(load(renderYaml(report))).toEqual(JSON.parse(JSON.stringify(report)));
});

describe('JUnit', () => {
  const OUTCOMES = {
    ok: 'passed',
    failed: 'failure',
    unknown: 'error',
    'not-applicable': 'skipped',
  } as const;

  test('each check is one case, and passes only where it was measured and passed', () => {
    for (const report of judged) {
      const { cases, attributes } = readJunit(renderJunit(report));
      const [first, ...checks] = cases;
      expect(first?.name).toBe('verdict');
      expect(checks.map(({ name, outcome }) => [name, outcome])).toEqual(
        report.checks.map(({ id, state }) => [id, OUTCOMES[state]]),
      );
      const count = (outcome: string) => String(cases.filter((one) => one.outcome === outcome).length);
      expect(attributes).toMatchObject({
        tests: String(cases.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
    }
  });

  test('a suite without failure and error is a healthy one', () => {
    for (const report of judged) {
      const { attributes } = readJunit(renderJunit(report));
      const isGreen = attributes.failures === '0' && attributes.errors === '0';
      expect([isGreen, report.verdict.status]).toEqual([
        report.verdict.status === 'healthy',
        report.verdict.status,
      ]);
    }
  });
});

test('every document tells each finding with its evidence and commands, and what could not be told', () => {
  /** What the eye reads: entities, escapes and code marks undone. */
  const read = (text: string): string =>
    text
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replace(/&#39;|&apos;/g, "'")
      .replaceAll('&amp;', '&')
      .replaceAll('`', '')
      .replace(/\s+/g, ' ');
  const flat = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, ' ');
  for (const report of judged) {
    const wanted = [
      ...report.findings.flatMap(({ code, summary, evidence, next }) => [
        code,
        summary,
        ...evidence,
        ...next,
      ]),
      ...report.verdict.unknowns,
    ];
    for (const [name, render] of Object.entries(RENDERERS)) {
      if (name === 'yaml') continue;
      const told = read(render(report));
      for (const text of wanted)
        expect([name, told.includes(flat(text).trim()), text]).toEqual([name, true, text]);
    }
  }
});

describe('HTML', () => {
  test('the policy names the only style there is', () => {
    expect(createHash('sha256').update(STYLE).digest('base64')).toBe(STYLE_SHA256);
  });

  test('is as the standard has it', () => {
    for (const report of [...Object.values(REPORTS), ...judged]) {
      const errors: string[] = [];
      parseHtml(renderHtml(report), { onParseError: ({ code }) => void errors.push(code) });
      expect(errors).toEqual([]);
    }
  });
});
