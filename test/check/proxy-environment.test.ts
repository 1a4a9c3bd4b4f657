/** Which proxy an app is likely to use, and that no password comes along. */
import { describe, expect, test } from '@jest/globals';
import { proxyVariables, proxyVariablesSchema } from '../../src/model/app-environment.ts';
import { likelyProxy, proxyEnvironmentOf } from '../../src/proxy-environment.ts';

const only = (env: Parameters<typeof proxyVariables>[0]) => proxyVariables(env);

describe('the variables that are kept', () => {
  test('are those of proxies, in either case, and no other', () => {
    const env = ['HTTP_PROXY', 'https_proxy', 'NO_PROXY', 'all_proxy', 'DB_PASSWORD', 'MY_HTTP_PROXY'].map(
      (name) => ({ name, value: `http://${name.toLowerCase()}:1` }),
    );
    expect(only(env).map(({ name }) => name)).toEqual(['HTTP_PROXY', 'https_proxy', 'NO_PROXY', 'all_proxy']);
  });

  test.each([
    ['http://user:secret@proxy:3128', 'http://(removed)@proxy:3128'],
    ['http://user@proxy:3128', 'http://(removed)@proxy:3128'],
    ['user:secret@proxy:3128', '(removed)@proxy:3128'],
    ['http://user:se/cr@et@proxy:3128/', 'http://(removed)@proxy:3128/'],
    ['SOCKS5H://user:se\ncret@proxy:1080', 'SOCKS5H://(removed)@proxy:1080'],
    ['http://proxy:3128', 'http://proxy:3128'],
    ['', ''],
  ])('%j is kept as %j', (value, kept) => {
    expect(only([{ name: 'HTTP_PROXY', value }])).toEqual([{ name: 'HTTP_PROXY', value: kept }]);
  });

  test('a value from elsewhere is not known', () => {
    const env = [{ name: 'HTTP_PROXY', valueFrom: { secretKeyRef: { name: 'corp', key: 'proxy' } } }];
    expect(only(env)).toEqual([{ name: 'HTTP_PROXY', valueFrom: {} }]);
  });

  test('$(NAME) is what the variables above say, else not known', () => {
    const env = [
      { name: 'PROXY_USER', value: 'user:secret' },
      { name: 'PROXY_HOST', value: 'proxy' },
      { name: 'HTTP_PROXY', value: 'http://$(PROXY_USER)@$(PROXY_HOST):3128' },
      { name: 'HTTPS_PROXY', value: 'http://$(PROXY_IP):3128' },
      { name: 'PROXY_IP', value: '10.0.0.1' },
      { name: 'PROXY_HOST', valueFrom: {} },
      { name: 'ALL_PROXY', value: 'http://$(PROXY_HOST):3128' },
      { name: 'NO_PROXY', value: 'a$$b' },
    ];
    expect(only(env)).toEqual([
      { name: 'HTTP_PROXY', value: 'http://(removed)@proxy:3128' },
      { name: 'HTTPS_PROXY', valueFrom: {} },
      { name: 'ALL_PROXY', valueFrom: {} },
      { name: 'NO_PROXY', value: 'a$b' },
    ]);
  });

  test('of two with one name the last counts', () => {
    const env = ['first', 'second'].map((value) => ({ name: 'HTTP_PROXY', value }));
    expect(only(env)).toEqual([{ name: 'HTTP_PROXY', value: 'second' }]);
  });

  test('the schema drops what it does not need, and reads its own output as it is', () => {
    const read = proxyVariablesSchema.parse([
      { name: 'TOKEN', value: 'secret' },
      { name: 'HTTPS_PROXY', value: 'http://user:secret@proxy:3128' },
      { name: 'NO_PROXY', valueFrom: { configMapKeyRef: { name: 'secret', key: 'secret' } } },
    ]);
    expect(JSON.stringify(read)).not.toContain('secret');
    expect(proxyVariablesSchema.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});

test('every container that runs is read, and none that has run', () => {
  const env = [{ name: 'HTTP_PROXY', value: 'http://proxy:3128' }];
  expect(
    proxyEnvironmentOf({
      containers: [
        { name: 'app', env },
        { name: 'plain' },
        { name: 'from', envFrom: [{ configMapRef: {} }] },
      ],
      initContainers: [
        { name: 'sidecar', env, restartPolicy: 'Always' },
        { name: 'migrate', env },
      ],
    }),
  ).toEqual([
    {
      container: 'app',
      settings: [{ variable: 'HTTP_PROXY', value: 'http://proxy:3128' }],
      mayHaveMore: false,
    },
    { container: 'from', settings: [], mayHaveMore: true },
    {
      container: 'sidecar',
      settings: [{ variable: 'HTTP_PROXY', value: 'http://proxy:3128' }],
      mayHaveMore: false,
    },
  ]);
});

describe('what the app does with a URL', () => {
  const settings = (all: Readonly<Record<string, string | undefined>>) =>
    Object.entries(all).map(([variable, value]) => ({ variable, value }));
  const proxied = (proxy: string, credentials = false) => ({ state: 'proxy', proxy, credentials });

  test.each([
    ['nothing is set', {}, 'http://web/', { state: 'direct' }],
    [
      'by scheme',
      { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' },
      'https://web/',
      proxied('http://b:2'),
    ],
    ['lower case', { http_proxy: 'http://a:1' }, 'http://web/', proxied('http://a:1')],
    [
      'the upper case counts',
      { http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:1' },
      'http://web/',
      proxied('http://b:1'),
    ],
    [
      'an empty one is none',
      { HTTP_PROXY: '', http_proxy: 'http://a:1' },
      'http://web/',
      proxied('http://a:1'),
    ],
    ['another scheme’s is none', { HTTPS_PROXY: 'http://b:2' }, 'http://web/', { state: 'direct' }],
    ['for all', { ALL_PROXY: 'socks5://c:3' }, 'http://web/', proxied('socks5://c:3')],
    ['without a scheme', { HTTP_PROXY: 'proxy:3128' }, 'http://web/', proxied('http://proxy:3128')],
    [
      'with a password',
      { HTTP_PROXY: 'http://(removed)@proxy:3128' },
      'http://web/',
      proxied('http://proxy:3128', true),
    ],
    [
      'a password and no scheme',
      { HTTP_PROXY: '(removed)@proxy:3128' },
      'http://web/',
      proxied('http://proxy:3128', true),
    ],
    [
      'excepted by name',
      { HTTP_PROXY: 'http://a:1', NO_PROXY: '.svc,cluster.local' },
      'http://web.shop.svc.cluster.local/',
      { state: 'direct' },
    ],
    [
      'excepted by range',
      { HTTP_PROXY: 'http://a:1', no_proxy: '10.0.0.0/8' },
      'http://10.96.0.1/',
      { state: 'direct' },
    ],
    [
      'not excepted',
      { HTTP_PROXY: 'http://a:1', NO_PROXY: '.svc' },
      'http://web.shop/',
      proxied('http://a:1'),
    ],
    [
      'its value is not known',
      { HTTPS_PROXY: undefined },
      'https://web/',
      { state: 'unknown', variable: 'HTTPS_PROXY' },
    ],
    [
      'the exceptions are not known',
      { HTTPS_PROXY: 'http://a:1', NO_PROXY: undefined },
      'https://web/',
      { state: 'unknown', variable: 'NO_PROXY' },
    ],
    ['exceptions alone', { NO_PROXY: undefined }, 'https://web/', { state: 'direct' }],
    ['loopback', { HTTP_PROXY: 'http://a:1', NO_PROXY: undefined }, 'http://127.0.0.1/', { state: 'direct' }],
  ])('%s', (_name, set, url, expected) => {
    expect(likelyProxy(settings(set), url)).toEqual(expected);
  });
});
