import { expect, test } from '@jest/globals';
import { redact } from '../../src/redact.ts';

const stderrOf = (stderr: string) => redact({ id: 'x', exitCode: 0, stdout: '', stderr, cut: [] }).stderr;

test.each([
  ['< Set-Cookie: session=hunter2; Path=/', '< Set-Cookie: (removed)'],
  ['> Authorization: Bearer hunter2', '> Authorization: (removed)'],
  ['< x-api-key: hunter2', '< x-api-key: (removed)'],
  ['* Connected to http://me:hunter2@host.example/', '* Connected to http://(removed)@host.example/'],
])('%s', (line, expected) => {
  expect(stderrOf(`< HTTP/1.1 200 OK\r\n${line}\n< Server: x\n`)).toBe(
    `< HTTP/1.1 200 OK\r\n${expected}\n< Server: x\n`,
  );
});

test('what is no secret stays as it is', () => {
  const text = '* Trying 10.96.0.1:443...\n< Location: https://host.example/@me\n';
  expect(stderrOf(text)).toBe(text);
});
