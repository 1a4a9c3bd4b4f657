import { expect, test } from '@jest/globals';
import { redact, redactText } from '../../src/redact.ts';

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

test.each([
  [
    'failed to fetch anonymous token: unexpected status from GET request to https://auth.docker.io/token: 401',
  ],
  ['MountVolume.SetUp failed for volume "token" : secret "db-token" not found'],
  ['requires basic authentication'],
  ["couldn't find key password in Secret shop/db"],
  ['X509v3 Basic Constraints:CA:FALSE'],
  ['nslookup: mysql1.abcdefghijklmnop: NXDOMAIN'],
  ['(removed)'],
])('words about secrets stay: %s', (text) => {
  expect(redactText(text)).toBe(text);
});

test('what is redacted stays as it is when it is redacted again', () => {
  const text =
    'Authorization: Bearer hunter2xyz\nCookie: a=b\npassword=hunter2\nhttp://a:b@c/ token: abc123def456';
  expect(redactText(redactText(text))).toBe(redactText(text));
  expect(redactText(text)).not.toMatch(/hunter2|a=b|a:b|abc123/);
});

test.each([
  'a-',
  'eyJ-',
  'x://a:',
  'token',
  'password=',
  '://',
  '-----BEGIN PRIVATE KEY-----',
  'cookie: ',
  '< token',
])('a megabyte of %j takes no time to speak of', (part) => {
  // Quadratic time would be hours.
  expect(typeof redactText(part.repeat(Math.ceil(1_000_000 / part.length)))).toBe('string');
});
