import { describe, expect, test } from '@jest/globals';
import { suite } from '../../probes/index.ts';
import { podSchema, serviceSchema } from '../../src/model/kubernetes.ts';
import { isAskId } from '../../src/model/probe.ts';
import { plan } from '../../src/plan/index.ts';

const pod = (...ips: string[]) =>
  ({
    state: 'known',
    value: podSchema.parse({
      metadata: { name: 'p' },
      spec: {},
      status: { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })), hostIP: '192.168.0.1' },
    }),
  }) as const;
const apiService = {
  state: 'known',
  value: serviceSchema.parse({
    metadata: { name: 'kubernetes' },
    spec: { clusterIP: '10.96.0.1', ports: [{ port: 443 }] },
  }),
} as const;
const dnsService = {
  state: 'known',
  value: serviceSchema.parse({ metadata: { name: 'kube-dns' }, spec: { clusterIP: '10.96.0.10' } }),
} as const;
const forbidden = { state: 'forbidden', right: { verb: 'get', group: '', resource: 'services' } } as const;

const text = (asks: ReturnType<typeof plan>) => asks.map((ask) => `${ask.purpose}: ${ask.id}`);

test('the default plan of an IPv4 pod', () => {
  expect(text(plan({ pod: pod('10.244.0.5'), apiService, dnsService }, 'default'))).toEqual([
    'interface: interface/addresses',
    'interface: interface/routes',
    'interface: interface/neighbours',
    'resolver-config: resolv-conf',
    'listeners: listeners/ss',
    'listeners: listeners/proc',
    'tools: tool-versions',
    'gateway: gateway',
    'cluster-name: dns-lookup/kubernetes.default.svc.cluster.local.',
    'cluster-name: dns-lookup/kubernetes.default.svc',
    'nameserver: tcp-connect/nameserver/10.96.0.10',
    'nameserver-lookup: dns-lookup/10.96.0.10/tcp',
    'nameserver-lookup: dns-query/10.96.0.10',
    'reverse-name: dns-lookup/reverse/10.96.0.1',
    'kubernetes-api: tcp-connect/kubernetes-api',
    'kubernetes-api: http-get/kubernetes-api',
    'node: icmp-echo/node',
    'external-name: dns-lookup/example.com.',
    'external-name: dns-lookup/aliyun.com.',
    'external-name: dns-lookup/example.com',
    'internet: tcp-connect/1.1.1.1:443',
    'internet: tcp-connect/8.8.8.8:443',
    'internet: tcp-connect/223.5.5.5:443',
    'internet: http-get/https://example.com/',
    'internet: http-get/https://aliyun.com/',
    'internet: icmp-echo/1.1.1.1',
    'path-mtu: path-mtu/1.1.1.1',
  ]);
});

describe('addresses are those that the pod can speak', () => {
  const targets = (...ips: string[]) =>
    plan({ pod: pod(...ips), apiService, dnsService }, 'default').flatMap((ask) =>
      ask.probe === 'tcp-connect' && ask.purpose === 'internet' ? [ask.question.host] : [],
    );
  test('IPv6 only', () => expect(targets('fd00::5').every((host) => host.includes(':'))).toBe(true));
  test('dual stack: both', () => {
    expect(targets('10.244.0.5', 'fd00::5')).toEqual(
      expect.arrayContaining(['1.1.1.1', '2606:4700:4700::1111']),
    );
  });
});

test('--no-internet asks nothing outside', () => {
  const asks = plan({ pod: pod('10.244.0.5'), apiService, dnsService }, 'none');
  expect(asks.filter((ask) => ask.purpose === 'internet' || ask.purpose === 'external-name')).toEqual([]);
});

test('own targets replace the defaults', () => {
  const asks = plan({ pod: pod('10.244.0.5'), apiService, dnsService }, [
    'https://intra.example/health',
    '192.0.2.7',
    '192.0.2.8:8443',
    'db.example:5432',
    'other.example',
    '[2001:db8::1]:22',
    '2001:db8::2',
    '192.0.2.7',
  ]);
  expect(
    asks.filter((ask) => ask.purpose === 'internet' || ask.purpose === 'external-name').map((ask) => ask.id),
  ).toEqual([
    'dns-lookup/intra.example',
    'http-get/https://intra.example/health',
    'tcp-connect/192.0.2.7:443',
    'icmp-echo/192.0.2.7',
    'tcp-connect/192.0.2.8:8443',
    'icmp-echo/192.0.2.8',
    'dns-lookup/db.example',
    'tcp-connect/db.example:5432',
    'dns-lookup/other.example',
    'tcp-connect/other.example:443',
    'tcp-connect/[2001:db8::1]:22',
    'icmp-echo/2001:db8::1',
    'tcp-connect/[2001:db8::2]:443',
    'icmp-echo/2001:db8::2',
  ]);
});

test('own names are asked as they are written: through the search list, or absolute with one dot', () => {
  const asks = plan({ pod: pod('10.244.0.5'), apiService, dnsService }, [
    'egress-proxy.infra.svc:3128',
    'example.com.',
    'https://site.example./x',
  ]);
  expect(asks.flatMap((ask) => (ask.purpose === 'external-name' ? [ask.question] : []))).toEqual([
    { name: 'egress-proxy.infra.svc' },
    { name: 'example.com.' },
    { name: 'site.example.' },
  ]);
});

test('where the kubernetes Service may not be read, its name is asked instead', () => {
  const asks = plan({ pod: pod('10.244.0.5'), apiService: forbidden, dnsService: forbidden }, 'none');
  expect(asks.find((ask) => ask.id === 'tcp-connect/kubernetes-api')?.question).toEqual({
    host: 'kubernetes.default.svc',
    port: 443,
  });
});

test('every question passes its own probe, every id is unique, and no argument can be taken for a flag', () => {
  const asks = plan({ pod: pod('10.244.0.5', 'fd00::5'), apiService, dnsService }, 'default');
  expect(new Set(asks.map((ask) => ask.id)).size).toBe(asks.length);
  for (const ask of asks) {
    const probe = suite.find(({ id }) => id === ask.probe);
    expect(probe?.question.safeParse(ask.question).success).toBe(true);
  }
});

describe('--only and --skip', () => {
  const all = plan({ pod: pod('10.244.0.5'), apiService, dnsService }, 'default');
  const ids = (selection: Parameters<typeof plan>[2]) =>
    plan({ pod: pod('10.244.0.5'), apiService, dnsService }, 'default', selection).map(({ id }) => id);
  test('a probe', () => {
    expect(ids({ only: ['icmp-echo'] })).toEqual(['icmp-echo/node', 'icmp-echo/1.1.1.1']);
    expect(ids({ skip: ['icmp-echo'] })).toHaveLength(all.length - 2);
  });
  test('what is asked about: nothing outside is left of the internet', () => {
    const text = ids({ skip: ['internet'] }).join(' ');
    expect(text).not.toMatch(/example|aliyun|1\.1\.1\.1|8\.8\.8\.8/);
  });
  test('both: skip wins', () =>
    expect(ids({ only: ['kubernetes-api'], skip: ['http-get'] })).toEqual(['tcp-connect/kubernetes-api']));
  test('a word that covers two purposes', () => expect(ids({ only: ['nameserver'] })).toHaveLength(3));
});

describe('the proxy of the app', () => {
  const withEnv = (env: readonly { readonly name: string; readonly value: string }[]) =>
    ({
      state: 'known',
      value: podSchema.parse({
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'app', env }] },
        status: { podIP: '10.244.0.5' },
      }),
    }) as const;
  const asked = (targets: Parameters<typeof plan>[1], ...env: { name: string; value: string }[]) =>
    plan({ pod: withEnv(env), apiService, dnsService }, targets).flatMap((ask) =>
      ask.probe === 'http-get' && ask.question.proxy !== undefined ? [ask.question] : [],
    );
  const proxy = { name: 'HTTPS_PROXY', value: 'http://proxy.shop:3128' };

  test('is asked for the first name outside', () =>
    expect(asked('default', proxy)).toEqual([
      { url: 'https://example.com/', proxy: 'http://proxy.shop:3128', insecure: true },
    ]));
  test('or for the URL that was named', () =>
    expect(asked(['https://corp.test/x'], proxy).map(({ url }) => url)).toEqual(['https://corp.test/x']));
  test('is not asked where nothing outside is, where an exception covers it, or where it wants a user', () => {
    expect(asked('none', proxy)).toEqual([]);
    expect(asked('default', proxy, { name: 'NO_PROXY', value: 'example.com' })).toEqual([]);
    expect(asked('default', { name: 'HTTPS_PROXY', value: 'http://me:secret@proxy:3128' })).toEqual([]);
  });
});

describe('ids that the runner can carry', () => {
  const carried = (...targets: readonly string[]) =>
    plan({ pod: pod('10.244.0.5'), apiService, dnsService }, targets).filter(
      ({ purpose }) => purpose === 'internet' || purpose === 'external-name',
    );

  test('a host in other letters is asked for in its ASCII form', () => {
    expect(
      carried('https://bücher.example/straße?q=ä').map(({ id, question }) => ({ id, question })),
    ).toEqual([
      { id: 'dns-lookup/xn--bcher-kva.example', question: { name: 'xn--bcher-kva.example' } },
      {
        id: 'http-get/https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4',
        question: { url: 'https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4', insecure: true },
      },
    ]);
  });

  test('what is too long gets a number, and two of them are two asks', () => {
    const long = (end: string) => `https://example.com/${'p'.repeat(400)}${end}`;
    const asks = carried(long('1'), long('2')).filter(({ probe }) => probe === 'http-get');
    expect(asks.map(({ question }) => question)).toEqual([
      { url: long('1'), insecure: true },
      { url: long('2'), insecure: true },
    ]);
    expect(new Set(asks.map(({ id }) => id)).size).toBe(2);
    expect(asks.every(({ id }) => isAskId(id))).toBe(true);
  });

  test('bars and backslashes in a URL', () => {
    expect(carried('https://example.com/a|b\\c').every(({ id }) => isAskId(id))).toBe(true);
  });
});
