import { describe, expect, test } from '@jest/globals';
import { asSaved, caseText } from '../../src/cli/case-file.ts';
import { golden } from '../report/goldens.ts';
import { healthy } from '../report/reports.ts';
import { smallCase } from './case.ts';
import { netcheck } from './in-process.ts';

const FILES: Readonly<Record<string, string>> = {
  'empty.json': '',
  'garbled.json': '{"apiVersion": "kubectl-netcheck/v1", "kind"',
  'binary.json': '\x7fELF\x02\x01\x1b[2J',
  'list.json': '[]',
  'null.json': 'null',
  'pod.json': '{"apiVersion":"v1","kind":"Pod"}',
  'report.json': JSON.stringify(healthy),
  'newer.json': JSON.stringify({ ...smallCase, apiVersion: 'kubectl-netcheck/v7', toolVersion: '9.0.0' }),
  'without-runs.json': JSON.stringify({ ...smallCase, runs: undefined }),
  'bad-fields.json': JSON.stringify({
    ...smallCase,
    durationMs: 'long',
    runs: [{ ...smallCase.runs[0], exitCode: 'zero', cut: ['stdin'] }],
    entry: { state: 'flew' },
  }),
};

describe('judge, with a file that is no case', () => {
  test('one golden tells them all', async () => {
    const told: string[] = [];
    for (const name of ['missing.json', ...Object.keys(FILES)]) {
      const { code, stdout, stderr } = await netcheck(['judge', name], FILES);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).not.toMatch(/^ +at /m);
      told.push(`$ kubectl netcheck judge ${name}\n${stderr}(exit status ${code})\n`);
    }
    const text = told.join('\n');
    expect(text).toBe(golden(new URL('goldens/', import.meta.url), 'judge-errors.txt', text));
  });
});

describe('a case', () => {
  test('survives saving', () => {
    expect(asSaved(smallCase)).toEqual(smallCase);
    expect(caseText(asSaved(smallCase))).toBe(caseText(smallCase));
  });

  test('of a later version with more fields is read without them', () => {
    expect(asSaved({ ...smallCase, ...{ later: 1 } })).toEqual(smallCase);
  });
});
