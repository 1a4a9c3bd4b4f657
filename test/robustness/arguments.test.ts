/** Names and URLs of a cluster, or of whoever types, that a tool could take for an option, a file or another protocol. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { suite } from '../../probes/index.ts';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import { podSchema } from '../../src/model/kubernetes.ts';
import { plan } from '../../src/plan/index.ts';
import { renderText } from '../../src/report/text.ts';
import { netcheck } from '../cli/in-process.ts';

const golden = (name: string): Case =>
  caseSchema.parse(JSON.parse(readFileSync(new URL(`../cases/${name}/case.json`, import.meta.url), 'utf8')));

const OPTIONS = [
  '-x',
  '--config=/etc/passwd',
  '@evil',
  '+trace',
  ' x',
  'a b',
  'a\nb',
  '',
  '-',
  'a\u202eb',
  `a${'.a'.repeat(600)}`,
];
const HOSTS = [
  'web',
  'web.shop.svc.cluster.local.',
  '_sip._tcp.example.com',
  '10.0.0.1',
  'fe80::1%eth0',
  '::1',
  'xn--mnchen-3ya.de',
  'a'.repeat(254),
];

/** Questions that take a host, with it. */
const QUESTIONS: Readonly<Record<string, (host: string) => Readonly<Record<string, unknown>>>> = {
  'icmp-echo': (host) => ({ host }),
  'tcp-connect': (host) => ({ host, port: 80 }),
  'udp-exchange': (host) => ({ host, port: 53 }),
  'path-mtu': (host) => ({ host }),
  'dns-lookup': (name) => ({ name }),
  'dns-query': (name) => ({ name, type: 'A' }),
};
const probe = (id: string) => {
  const found = suite.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe.each(Object.entries(QUESTIONS))('%s', (id, question) => {
  test.each(OPTIONS.map((host) => [host]))('is never asked of %j', (host) => {
    expect(probe(id).question.safeParse(question(host)).success).toBe(false);
  });
  test.each(HOSTS.map((host) => [host]))('is asked of %j', (host) => {
    expect(probe(id).question.safeParse(question(host)).success).toBe(true);
  });
});

test.each(['dns-lookup', 'dns-query'])('%s asks no nameserver that is an option', (id) => {
  const question = { ...QUESTIONS[id]?.('web'), server: '-x' };
  expect(probe(id).question.safeParse(question).success).toBe(false);
});

test('curl takes http and https only, follows no redirect, and reads no file of its own', () => {
  const { argv } = probe('http-get').order({ url: 'https://example.com/' });
  expect(argv[argv.indexOf('--proto') + 1]).toBe('=http,https');
  expect(argv).toContain('-q');
  expect(argv.at(-2)).toBe('--');
  for (const flag of ['-L', '--location', '--location-trusted', '--netrc', '-K', '--config'])
    expect(argv).not.toContain(flag);
  for (const url of ['file:///etc/passwd', 'gopher://x/', 'ftp://x/', 'dict://x:1/', '-x', 'http://-x y/'])
    expect(probe('http-get').question.safeParse({ url }).success).toBe(false);
  for (const proxy of ['socks5://x:1', 'file:///x', '-x', 'http://a b:1'])
    expect(probe('http-get').question.safeParse({ url: 'http://x/', proxy }).success).toBe(false);
});

test('of a hostile pod, what a tool may not be given is planned, not ordered, and makes no argument', () => {
  const pod = podSchema.parse({
    metadata: { name: 'x', annotations: { big: 'a'.repeat(1_000_000) } },
    spec: {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['-rf', '@evil', '10.0.0.1'] },
      containers: [{ name: 'app', env: [{ name: 'HTTPS_PROXY', value: 'http://a b:1' }] }],
    },
    status: { podIP: '-x', hostIP: '--flood' },
  });
  expect(JSON.stringify(pod).length).toBeLessThan(1_000);
  const service = {
    metadata: { name: 'kubernetes' },
    spec: { clusterIP: '--config=x', ports: [{ port: 443 }] },
  };
  const known = <T>(value: T) => ({ state: 'known' as const, value });
  const asks = plan(
    { pod: known(pod), apiService: known(service), dnsService: { state: 'absent' } },
    'default',
  );
  const refused = asks.filter((ask) => !probe(ask.probe).question.safeParse(ask.question).success);
  expect(refused.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['icmp-echo/node', 'tcp-connect/nameserver/-rf', 'tcp-connect/kubernetes-api']),
  );
  for (const ask of asks.filter((one) => !refused.includes(one)))
    for (const word of probe(ask.probe).order(ask.question).argv)
      expect(['-rf', '@evil', '--flood', '--config=x', '@@evil']).not.toContain(word);
});

test('what was not ordered is told, and is no pass', () => {
  const value = golden('healthy');
  const asks = value.asks.map((ask) =>
    ask.id === 'tcp-connect/kubernetes-api' ? { ...ask, question: { host: '-x', port: 443 } } : ask,
  );
  const runs = value.runs.filter(({ id }) => id !== 'tcp-connect/kubernetes-api');
  const { verdict } = judge({ ...value, asks, runs });
  expect(judge(value).verdict.status).toBe('healthy');
  expect(verdict.status).toBe('inconclusive');
  expect(verdict.unknowns.join()).toContain('its question is not one that tcp-connect takes');
});

test.each([
  ['--to', 'file:///etc/passwd'],
  ['--to', 'gopher://example.com/'],
  ['--to', 'javascript://example.com/'],
  ['--to', '-x'],
  ['--to', '--help-me'],
  ['--to', 'a'.repeat(300)],
  ['--to', `svc/${'a'.repeat(64)}`],
  ['--internet', 'ftp://example.com'],
  ['--internet', 'file:///etc/passwd'],
  ['--internet', '-x'],
  ['--internet', `${'a'.repeat(64)}.example`],
])('%s %s is refused before anything is asked', async (flag, value) => {
  const { code, stdout, stderr } = await netcheck(['web-0', flag, value]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: /);
});

test('names of any length are judged and shown', () => {
  const value = golden('healthy');
  const pod = `${'a'.repeat(63)}.`.repeat(5);
  const text = renderText(judge({ ...value, target: { ...value.target, pod } }), {
    width: 80,
    color: false,
    unicode: true,
    verbose: true,
  });
  expect(text).toContain(pod);
});
