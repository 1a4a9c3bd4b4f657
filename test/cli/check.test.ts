/** The check command from argv to exit status, with a check and a judge of its own. */
import { describe, expect, jest, test } from '@jest/globals';
import type { RunPorts } from '../../src/cli/ports.ts';
import { UserError } from '../../src/errors.ts';
import type { CheckOptions, CheckPorts, CheckResult } from '../../src/model/options.ts';
import type { Report } from '../../src/model/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { golden } from '../report/goldens.ts';
import { dnsWithoutEndpoints, gateRefused, healthy, interrupted } from '../report/reports.ts';
import { smallCase } from './case.ts';
import { netcheck } from './in-process.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const GOLDENS = new URL('goldens/', import.meta.url);

type Check = (options: CheckOptions, ports: CheckPorts) => Promise<CheckResult>;

const ports = (report: Report, check: Check = async () => ({ case: smallCase })): Partial<RunPorts> => ({
  loadCheck: async () => check,
  loadJudge: async () => () => report,
});

describe('check', () => {
  test('the report, and nothing else, goes to stdout', async () => {
    const ran = await netcheck(['web-0'], {}, ports(healthy));
    expect(ran).toMatchObject({ code: 0, stderr: '', files: {} });
    expect(ran.stdout).toContain('healthy');
  });

  test('-o json is the report as it is', async () => {
    const ran = await netcheck(['web-0', '-o', 'json'], {}, ports(dnsWithoutEndpoints));
    expect(ran).toMatchObject({ code: 3, stdout: renderJson(dnsWithoutEndpoints) });
  });

  test.each([
    ['healthy', 'error', healthy, 0],
    ['broken', 'error', dnsWithoutEndpoints, 3],
    ['broken', 'warning', dnsWithoutEndpoints, 3],
    ['broken', 'never', dnsWithoutEndpoints, 0],
    ['inconclusive', 'error', interrupted, 4],
    ['inconclusive', 'never', interrupted, 4],
    ['inconclusive, as it may not look', 'error', gateRefused, 4],
    ['inconclusive, as it may not look', 'warning', gateRefused, 4],
    ['inconclusive, as it may not look', 'never', gateRefused, 4],
  ])('%s with --fail-on %s', async (_name, failOn, report, code) => {
    expect((await netcheck(['web-0', '--fail-on', failOn], {}, ports(report))).code).toBe(code);
  });

  test('a warning counts only where warnings do', async () => {
    const warned: Report = {
      ...healthy,
      findings: dnsWithoutEndpoints.findings.filter(({ severity }) => severity === 'warning'),
    };
    expect((await netcheck(['web-0'], {}, ports(warned))).code).toBe(0);
    expect((await netcheck(['web-0', '--fail-on=warning'], {}, ports(warned))).code).toBe(3);
  });

  test('the notice of the first change is shown, in a pipe and with JSON too', async () => {
    const check: Check = async (_options, { progress }) => {
      progress({ stage: 'connect', text: 'reading the kubeconfig' });
      progress({ stage: 'inject', text: 'adding ephemeral container netcheck-x7k2p' });
      return { case: smallCase };
    };
    for (const argv of [['web-0'], ['web-0', '-o', 'json']])
      expect((await netcheck(argv, {}, ports(healthy, check))).stderr).toBe(
        'adding ephemeral container netcheck-x7k2p\n',
      );
  });

  test('--save writes a case that judges to the same bytes', async () => {
    const { files, stdout, code } = await netcheck(['web-0', '--save', 'c.json'], {}, ports(healthy));
    const again = await netcheck(['judge', 'c.json'], { 'c.json': files['c.json'] ?? '' }, ports(healthy));
    expect(again).toMatchObject({ stdout, code });
    const piped = await netcheck(['judge', '-'], { '-': files['c.json'] ?? '' }, ports(healthy));
    expect(piped).toMatchObject({ stdout, code });
  });

  test('so it does with the real judge', async () => {
    const real = { loadCheck: async () => async () => ({ case: smallCase }) };
    for (const form of ['text', 'json']) {
      const ran = await netcheck(['web-0', '-o', form, '--save', 'c.json'], {}, real);
      expect(ran).toMatchObject({ code: 4, stderr: '' });
      const again = await netcheck(['judge', 'c.json', '-o', form], { 'c.json': ran.files['c.json'] ?? '' });
      expect(again).toMatchObject({ code: 4, stdout: ran.stdout });
    }
  });

  test('what is judged is the case as it was saved', async () => {
    const seen: unknown[] = [];
    const judge = (value: unknown): Report => {
      seen.push(value);
      return healthy;
    };
    const { files } = await netcheck(
      ['web-0', '--save', 'c.json'],
      {},
      { ...ports(healthy), loadJudge: async () => judge },
    );
    await netcheck(
      ['judge', 'c.json'],
      { 'c.json': files['c.json'] ?? '' },
      { loadJudge: async () => judge },
    );
    expect(JSON.stringify(seen[0])).toBe(JSON.stringify(seen[1]));
  });

  test('where the case cannot be saved, it says so before the cluster is asked', async () => {
    let asked = false;
    const check: Check = async () => {
      asked = true;
      return { case: smallCase };
    };
    const ran = await netcheck(['web-0', '--save', '/no-such-folder/c.json'], {}, ports(healthy, check));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toBe(
      'error: cannot write /no-such-folder/c.json\n  there is no such file or folder\n',
    );
    expect(asked).toBe(false);
  });

  test('where saving fails after all, the report is still shown, and the status is 1', async () => {
    const ran = await netcheck(['web-0', '--save', '/full/c.json'], {}, ports(healthy));
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('healthy');
    expect(ran.stderr).toBe('error: cannot write /full/c.json\n  no space is left on the device\n');
  });

  test('an error that the user can act on has no stack', async () => {
    const check: Check = async () => {
      throw new UserError({
        code: 'no-cluster',
        message: 'no answer from https://10.0.0.1:6443\x1b[2J',
        reason: 'connection refused',
        next: ['kubectl cluster-info'],
      });
    };
    const ran = await netcheck(['web-0'], {}, ports(healthy, check));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toBe(
      'error: no answer from https://10.0.0.1:6443\\x1b[2J\n  connection refused\n  next  kubectl cluster-info\n',
    );
  });

  test('one that nobody foresaw keeps its stack, and says where to report it', async () => {
    const check: Check = async () => {
      throw new TypeError('x is not a function');
    };
    const ran = await netcheck(['web-0'], {}, ports(healthy, check));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('TypeError: x is not a function');
    expect(ran.stderr).toMatch(/^ +at /m);
    expect(ran.stderr).toMatch(/please report it: https:/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('stopped by %s: a partial report, and status %i', async (signal, code) => {
    const ran = await netcheck(['web-0'], {}, { ...ports(interrupted), stoppedBy: () => signal });
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain('inconclusive');
  });
});

describe('--dry-run', () => {
  const patch = {
    spec: { ephemeralContainers: [{ name: 'netcheck-x7k2p', command: ['sh', '-c', 'a\u202eb\n'] }] },
  };
  const dry =
    (entry: CheckResult['case']['entry']): Check =>
    async () => ({
      case: { ...smallCase, entry, runs: [] },
      change: {
        title: 'PATCH pods/web-0/ephemeralcontainers, strategic merge',
        body: patch,
        consequences: [],
      },
    });
  const plain: Report = { ...interrupted, entry: { state: 'not-attempted', why: 'dry-run' } };
  const refused = {
    state: 'refused',
    container: 'netcheck-x7k2p',
    image: 'netshoot',
    httpStatus: 403,
    message: 'pods "web-0" is forbidden: violates PodSecurity',
  } as const;

  test.each([
    ['dry-run-client', ['--dry-run'], { state: 'not-attempted', why: 'dry-run' }, plain, 0],
    [
      'dry-run-client-json',
      ['--dry-run', '-o', 'json'],
      { state: 'not-attempted', why: 'dry-run' },
      plain,
      0,
    ],
    ['dry-run-server', ['--dry-run=server'], { state: 'not-attempted', why: 'dry-run' }, plain, 0],
    ['dry-run-refused', ['--dry-run=server'], refused, { ...gateRefused, entry: refused }, 4],
    ['dry-run-denied', ['--dry-run'], gateRefused.entry, gateRefused, 4],
  ] as const)('%s', async (name, argv, entry, report, code) => {
    const ran = await netcheck(['web-0', ...argv], {}, ports(report, dry(entry)));
    expect(ran).toMatchObject({ code, stderr: '' });
    expect(ran.stdout).toBe(golden(GOLDENS, `${name}.txt`, ran.stdout));
    expect(ran.stdout).not.toContain('\u202e');
  });
});
