/** `--report FORMAT=FILE` and `-o yaml`, from argv to the files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { load } from 'js-yaml';
import { caseText } from '../../src/cli/case-file.ts';
import { createFiles } from '../../src/cli/files.ts';
import type { RunPorts } from '../../src/cli/ports.ts';
import { REPORT_FORMATS } from '../../src/cli/report-file.ts';
import { dnsWithoutEndpoints } from '../report/reports.ts';
import { smallCase } from './case.ts';
import { netcheck } from './in-process.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'netcheck-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ports: Partial<RunPorts> = {
  loadCheck: async () => async () => ({ case: smallCase }),
  loadJudge: async () => () => dnsWithoutEndpoints,
};
const all = REPORT_FORMATS.flatMap((format) => ['--report', `${format}=${join(folder, format)}`]);

describe('--report', () => {
  test('writes each form beside the text, for the user only, also over a file that all may read', async () => {
    writeFileSync(join(folder, 'html'), 'old', { mode: 0o644 });
    const ran = await netcheck(['web-0', ...all], {}, { ...ports, files: createFiles(Readable.from([])) });
    const plain = await netcheck(['web-0'], {}, ports);
    expect(ran).toMatchObject({ code: plain.code, stdout: plain.stdout, stderr: plain.stderr });
    expect(readdirSync(folder).sort()).toEqual([...REPORT_FORMATS].sort());
    for (const format of REPORT_FORMATS) {
      expect([format, statSync(join(folder, format)).mode & 0o777]).toEqual([format, 0o600]);
      expect(readFileSync(join(folder, format), 'utf8')).toContain('NC3101');
    }
  });

  test('judge writes the same', async () => {
    const files = { 'c.json': caseText(smallCase) };
    const judged = await netcheck(['judge', 'c.json', ...all], files, ports);
    const checked = await netcheck(['web-0', ...all], {}, ports);
    expect(judged.files).toEqual(checked.files);
    expect(Object.keys(judged.files)).toHaveLength(REPORT_FORMATS.length);
  });

  test.each([[['web-0']], [['judge', 'c.json']]])(
    '%j: what cannot be written is told after the report, and the rest is written',
    async (words) => {
      const files = { 'c.json': caseText(smallCase) };
      const reports = ['--report=html=/full/a', '--report=json=b', '--report=yaml=/full/c'];
      const ran = await netcheck([...words, ...reports], files, ports);
      expect(ran).toMatchObject({
        code: 1,
        stderr: 'error: cannot write /full/a, /full/c\n  no space is left on the device\n',
      });
      expect(ran.stdout).toContain('broken: NC3101');
      expect(Object.keys(ran.files)).toEqual(['b']);
    },
  );

  test('a folder that is not there is told before the cluster is asked', async () => {
    const never: Partial<RunPorts> = { loadCheck: () => Promise.reject(new Error('asked')) };
    const ran = await netcheck(['web-0', '--report', 'html=/no-such-folder/x'], {}, never);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'error: cannot write /no-such-folder/x\n  there is no such file or folder\n',
    });
  });

  test('the name of a file may hold =', async () => {
    expect(Object.keys((await netcheck(['web-0', '--report', 'html=a=b'], {}, ports)).files)).toEqual([
      'a=b',
    ]);
  });
});

describe('-o yaml is -o json in YAML', () => {
  const files = { 'c.json': caseText(smallCase) };
  test.each([
    [['web-0']],
    [['web-0', '--dry-run']],
    [['judge', 'c.json']],
    [['explain', 'NC3101']],
    [['codes']],
  ])('%j', async (argv) => {
    const yaml = await netcheck([...argv, '-o', 'yaml'], files, ports);
    const json = await netcheck([...argv, '-o', 'json'], files, ports);
    expect(load(yaml.stdout)).toEqual(JSON.parse(json.stdout));
    expect(yaml.code).toBe(json.code);
  });
});
