/** What http-get asks, what it refuses to ask, and what its shell lets out of the container. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandOf, scriptOf } from '../../probes/http-get/command.ts';

import { question } from '../../probes/http-get/question.ts';
import { decode, orderOf, runIn, SHELLS } from '../runner/shells.ts';
import { expand } from '../sandbox/node/expand.ts';
import { probeOf } from './fixture.ts';

const SCRIPT = scriptOf(6);

const TIMEOUT = 90_000;

describe('the question', () => {
  test.each([
    { url: 'http://web' },
    { url: 'HTTPS://[2001:db8::1]:8443/a?b=c#d', family: 'ipv6' },
    { url: 'http://web.shop/', connectTo: { address: '10.244.0.7', port: 8080 } },
    { url: 'http://web.shop/', connectTo: { address: '2001:db8::7' }, family: 'ipv6' },
    { url: 'http://10.0.0.1/', hostHeader: 'shop.example.com:8080' },
    { url: 'http://10.0.0.1/', hostHeader: '[2001:db8::1]:80' },
    { url: 'https://web/', proxy: 'http://proxy:3128' },
    { url: 'https://[::1]/', proxy: 'http://10.0.0.1:3128', family: 'ipv4' },
  ])('%j can be asked', (asked) => {
    expect(question.safeParse(asked).success).toBe(true);
  });

  test.each([
    { url: 'ftp://web/' },
    { url: 'file:///etc/passwd' },
    { url: '-K/etc/passwd' },
    { url: 'web' },
    { url: 'http://' },
    { url: 'http://user:secret@web/' },
    { url: 'http://user@web/' },
    { url: 'http://web/a b' },
    { url: 'http://web/\n' },
    { url: 'http://web/\u0000' },
    { url: 'http://web/\u0085' },
    { url: `http://web/${'a'.repeat(5000)}` },
    { url: 'http://web/', proxy: 'https://proxy:3128' },
    { url: 'http://web/', proxy: 'socks5://proxy:1080' },
    { url: 'http://web/', proxy: 'proxy:3128' },
    { url: 'http://web/', proxy: '--proxy-insecure' },
    { url: 'http://web/', proxy: 'http://user:secret@proxy:3128' },
    { url: 'http://web/', proxy: 'http://user@proxy:3128' },
    { url: 'http://web/', proxy: 'http://proxy:3128', connectTo: { address: '10.0.0.1' } },
    { url: 'http://web/', hostHeader: '-web' },
    { url: 'http://web/', hostHeader: 'web\r\nX-Evil: 1' },
    { url: 'http://web/', hostHeader: 'web\n' },
    { url: 'http://web/', hostHeader: '@/etc/passwd' },
    { url: 'http://web/', hostHeader: '' },
    { url: 'http://web/', connectTo: { address: 'web' } },
    { url: 'http://web/', connectTo: { address: 'fe80::1%eth0' } },
    { url: 'http://web/', connectTo: { address: '10.0.0.1', port: 0 } },
    { url: 'http://web/', connectTo: { address: '10.0.0.1', port: 65_536 } },
    { url: 'http://web/', family: 'ipv5' },
    { url: 'http://[::1]/', family: 'ipv4' },
    { url: 'http://10.0.0.1/', family: 'ipv6' },
    { url: 'http://web/', connectTo: { address: '10.0.0.1' }, family: 'ipv6' },
    { url: 'http://web/', proxy: 'http://10.0.0.1:3128', family: 'ipv6' },
  ])('%j is refused', (asked) => {
    expect(question.safeParse(asked).success).toBe(false);
  });
});

describe('the command', () => {
  const argvAfter = (asked: Parameters<typeof commandOf>[0]) => commandOf(asked).slice(3);

  test('is a constant script, and the kubelet leaves it as it is', () => {
    const scripts = [{ url: 'http://web/' }, { url: 'http://$(id)/', insecure: true }].map(
      (asked) => commandOf(asked)[2],
    );
    expect(scripts).toEqual([SCRIPT, SCRIPT]);
    expect(expand(SCRIPT, { PATH: 'x', out: 'x', code: 'x' })).toBe(SCRIPT);
  });

  test('puts each wish in arguments of its own', () => {
    const argv = argvAfter({
      url: 'http://web.shop/',
      family: 'ipv4',
      connectTo: { address: '10.244.0.7', port: 8080 },
      hostHeader: 'shop',
    });
    expect(argv.join('\n')).toContain(
      ['-4', '--connect-to', '::10.244.0.7:8080', '-H', 'Host: shop'].join('\n'),
    );
    expect(argvAfter({ url: 'http://web/', connectTo: { address: '2001:db8::7' } })).toContain(
      '::[2001:db8::7]:',
    );
    expect(argvAfter({ url: 'http://web/', family: 'ipv6' })).toContain('-6');
  });

  test('keeps proxies of the environment out, and uses the one that is named', () => {
    const direct = argvAfter({ url: 'http://web/' });
    expect(direct[direct.indexOf('--noproxy') + 1]).toBe('*');
    expect(direct).not.toContain('--proxy');
    const proxied = argvAfter({ url: 'http://web/', proxy: 'http://proxy:3128' });
    expect(proxied[proxied.indexOf('--proxy') + 1]).toBe('http://proxy:3128');
    expect(proxied[proxied.indexOf('--noproxy') + 1]).not.toBe('*');
  });
});

describe('the shell', () => {
  let server: Server;
  let origin = '';
  const body = 'the secret of a success';

  beforeAll(async () => {
    server = createServer((request, response) => {
      const status = Number(request.url?.slice(1));
      if (status === 103) response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(status === 103 ? 200 : status, { 'x-status': 'HTTP/1.1 503', via: 'the way' });
      response.end(status >= 400 ? `error ${status}` : `${body}\nHTTP/1.1 503 No\r\n\r\n${body}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    origin = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  // Busybox's folder of applets has no curl.
  const curl = execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim();
  const commandFor = (url: string) => commandOf({ url }).map((word) => (word === 'curl' ? curl : word));
  const { parse } = probeOf('http-get');

  test.each(SHELLS)(
    'shows of the body what it may, under the runner and %s',
    async (shell) => {
      const statuses = [200, 103, 204, 302, 404, 503];
      const { log } = await runIn(
        shell,
        orderOf(statuses.map((status) => commandFor(`${origin}/${status}`))),
      );
      const { results } = decode(log);
      expect(results.map((result) => parse(result, { url: `${origin}/` }))).toMatchObject([
        { kind: 'responded', status: 200, headers: { via: 'the way' } },
        { kind: 'responded', status: 200, headers: { via: 'the way' } },
        { kind: 'responded', status: 204 },
        { kind: 'responded', status: 302 },
        { kind: 'responded', status: 404, bodyStart: 'error 404' },
        { kind: 'responded', status: 503, bodyStart: 'error 503' },
      ]);
      const successes = results.slice(0, 4);
      for (const { stdout, stderr } of successes) {
        expect(stdout.split('\n')).toHaveLength(2);
        expect(`${stdout}${stderr}`).not.toContain(body);
      }
    },
    TIMEOUT,
  );

  test.each(SHELLS)(
    'hands on the exit status, and ends what hangs, under %s',
    async (shell) => {
      const asks = [
        commandFor('http://127.0.0.1:1/'),
        ['sh', '-c', SCRIPT, 'http-get', 'no-such-tool'],
        ['sh', '-c', scriptOf(1), 'http-get', 'sleep', '30'],
        ['sh', '-c', SCRIPT, 'http-get', 'sh', '-c', 'echo report 5; exit 23'],
      ];
      const { log } = await runIn(shell, orderOf(asks));
      const { results } = decode(log);
      expect(results.map((result) => parse(result, { url: 'http://127.0.0.1:1/' }))).toMatchObject([
        { kind: 'refused' },
        { kind: 'did-not-run', reason: 'tool-missing' },
        { kind: 'did-not-run', reason: 'killed' },
        { kind: 'unreadable' },
      ]);
      expect(results[3]).toMatchObject({ exitCode: 23, stdout: 'report 5\n' });
    },
    TIMEOUT,
  );
});
