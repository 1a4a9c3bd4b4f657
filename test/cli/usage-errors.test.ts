/** Each bad command line: one clear error with what to type, exit status 2, nothing on stdout, no cluster asked. */
import { describe, expect, test } from '@jest/globals';
import { golden } from '../report/goldens.ts';
import { netcheck } from './in-process.ts';

const GOLDENS = new URL('goldens/', import.meta.url);

const LINES: readonly (readonly string[])[] = [
  [],
  ['web-0', '--namespce', 'shop'],
  ['web-0', '--too', 'svc/web'],
  ['web-0', '--to', ''],
  ['web-0', '--to', 'svc/'],
  ['web-0', '--to', 'svc/Web'],
  ['web-0', '--to', 'svc/web:99999'],
  ['web-0', '--to', 'svc/web.shop.pod'],
  ['web-0', '--to', 'servce/web'],
  ['web-0', '--to', 'node/web'],
  ['web-0', '--to', '10.0.0.7:http'],
  ['web-0', '--to', '10.0.0:80'],
  ['web-0', '--to', '[10.0.0.7]:80'],
  ['web-0', '--to', 'fe80::1%eth0'],
  ['web-0', '--to', 'ftp://example.com/'],
  ['web-0', '--to', 'https://user:secret@example.com/'],
  ['web-0', '--to', 'web:80:80'],
  ['web-0', '--to', 'a b'],
  ['web-0', '--to', '169.254.169.254:80'],
  ['web-0', '--to', 'http://0xa9fea9fe/latest'],
  ['web-0', '--to', '[::ffff:169.254.169.254]:80'],
  ['web-0', '--internet', 'http://metadata.google.internal./x'],
  ['web-0', '-x'],
  ['-output=json', 'web-0'],
  ['web-0', 'web-1'],
  ['deploy', 'web', 'db'],
  ['Web-0'],
  ['web_0'],
  ['web-0', '-n', 'Shop'],
  ['web-0', '-n', 'a', '-n', 'b'],
  ['web-0', '--token', 'secret-1', '--token', 'secret-2'],
  ['web-0', '-n'],
  ['web-0', '--timeout', '-5s'],
  ['web-0', '--timeout', '5x'],
  ['web-0', '--timeout', '0'],
  ['web-0', '--timeout=2h'],
  ['web-0', '--request-timeout', 'soon'],
  ['web-0', '--probe-timeout', '500ms'],
  ['web-0', '--probe-timeout=31s'],
  ['web-0', '--only', 'dns-lokup'],
  ['web-0', '--skip=internet,weather'],
  ['web-0', '-o', 'xml'],
  ['web-0', '--report', 'junit'],
  ['web-0', '--report', 'pdf=report.pdf'],
  ['web-0', '--report', 'Markdwn=report.md'],
  ['web-0', '--report', 'html='],
  ['web-0', '--report', 'yaml=-'],
  ['web-0', '--report', 'junit=-'],
  ['web-0', '--report', 'html=out', '--report', 'junit=out'],
  ['web-0', '--report', 'json=out', '--save', 'out'],
  ['web-0', '--report', 'json=out', '--dry-run'],
  ['codes', '--report', 'json=out'],
  ['web-0', '--image-pull-policy', 'always'],
  ['web-0', '--image', 'Not An Image'],
  ['web-0', '--image', ''],
  ['web-0', '--dry-run=maybe'],
  ['web-0', '--no-internet', '--internet', '1.1.1.1'],
  ['web-0', '--internet', 'ftp://example.com'],
  ['web-0', '--internet', '1.1.1.1:99999'],
  ['web-0', '--internet', 'https://user:pw@example.com'],
  ['web-0', '--internet', '$(reboot)'],
  ['web-0', '--as-group', 'admins'],
  ['web-0', '--insecure-skip-tls-verify', '--certificate-authority', 'ca.crt'],
  ['web-0', '--insecure-skip-tls-verify=perhaps'],
  ['--', '-rf'],
  ['deplyo/web'],
  ['node/worker-1'],
  ['svc/'],
  ['judge'],
  ['judge', 'a.json', 'b.json'],
  ['judge', 'a.json', '--image', 'x'],
  ['explain'],
  ['explain', '3101'],
  ['explan', 'NC3101'],
  ['Explain', 'NC3101'],
  ['juge', 'case.json'],
  ['juge', 'my case.json'],
  ['code', 'NC3101'],
  ['node', 'worker-1'],
  ['codes', 'NC3101'],
  ['web-0', '--save', '-'],
];

const typed = (argv: readonly string[]): string =>
  ['kubectl netcheck', ...argv.map((word) => (/^[\w=.,:/-]+$/.test(word) ? word : `'${word}'`))].join(' ');

describe('bad command lines', () => {
  test('one golden tells them all', async () => {
    const told: string[] = [];
    for (const argv of LINES) {
      const { code, stderr } = await netcheck(argv);
      told.push(`$ ${typed(argv)}\n${stderr}(exit status ${code})\n`);
    }
    const text = told.join('\n');
    expect(text).toBe(golden(GOLDENS, 'usage-errors.txt', text));
  });

  test.each(LINES.map((argv) => [typed(argv), argv] as const))('%s', async (_typed, argv) => {
    const { code, stdout, stderr } = await netcheck(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: \S.*\n( {2}\S.*\n)+$/);
    expect(stderr).toMatch(/^ {2}next {2}kubectl /m);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr).not.toContain('secret-');
  });
});
