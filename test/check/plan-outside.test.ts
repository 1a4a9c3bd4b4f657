/** What a destination outside is compared with, and which proxies are asked for a destination. */
import { expect, test } from '@jest/globals';
import { NO_EVIDENCE } from '../../src/model/evidence.ts';
import { podSchema, serviceSchema } from '../../src/model/kubernetes.ts';
import { plan } from '../../src/plan/index.ts';

const known = <T>(value: T) => ({ state: 'known', value }) as const;
const podWith = (env: readonly { readonly name: string; readonly value: string }[] = []) =>
  known(
    podSchema.parse({
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'app', env }] },
      status: { podIP: '10.244.0.5' },
    }),
  );
const apiService = known(
  serviceSchema.parse({
    metadata: { name: 'kubernetes' },
    spec: { clusterIP: '10.96.0.1', ports: [{ port: 443 }] },
  }),
);
const dnsService = known(
  serviceSchema.parse({ metadata: { name: 'kube-dns' }, spec: { clusterIP: '10.96.0.10' } }),
);
const example = { requested: 'example.com:443', kind: 'host', host: 'example.com', port: 443 } as const;
const web = known(
  serviceSchema.parse({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { clusterIP: '10.96.7.7', ports: [{ port: 80 }] },
  }),
);
const toWeb = { requested: 'svc/web', kind: 'service', namespace: 'shop', name: 'web', host: 'web' } as const;

const asked = (
  to: Parameters<typeof plan>[3],
  targets: Parameters<typeof plan>[1],
  env: Parameters<typeof podWith>[0] = [],
) => plan({ pod: podWith(env), apiService, dnsService }, targets, {}, to);
const ids = (asks: ReturnType<typeof asked>, purpose: string) =>
  asks.filter((ask) => ask.purpose === purpose).map(({ id }) => id);
const outside = { destination: example, evidence: NO_EVIDENCE };

test('other ports of the host, other hosts, and the API of the cluster', () => {
  expect(ids(asked(outside, 'default'), 'destination-reference')).toEqual([
    'tcp-connect/reference/example.com:80',
    'tcp-connect/reference/1.1.1.1:443',
    'tcp-connect/reference/8.8.8.8:443',
    'tcp-connect/reference/223.5.5.5:443',
    'tcp-connect/reference/10.96.0.1:443',
  ]);
});

test('with --no-internet no other host outside', () => {
  expect(ids(asked(outside, 'none'), 'destination-reference')).toEqual([
    'tcp-connect/reference/example.com:80',
    'tcp-connect/reference/10.96.0.1:443',
  ]);
});

test('a Service is compared with nothing', () => {
  const to = { destination: toWeb, evidence: { ...NO_EVIDENCE, destinationService: web } };
  expect(ids(asked(to, 'default'), 'destination-reference')).toEqual([]);
});

test.each([
  ['no proxy is set', [], []],
  [
    'NO_PROXY does not cover its short name',
    [
      { name: 'HTTP_PROXY', value: '10.0.0.9:3128' },
      { name: 'NO_PROXY', value: '.svc,10.0.0.0/8' },
    ],
    ['http-get/app-proxy/0'],
  ],
  [
    'NO_PROXY covers it',
    [
      { name: 'HTTP_PROXY', value: '10.0.0.9:3128' },
      { name: 'NO_PROXY', value: 'web' },
    ],
    [],
  ],
  [
    'the proxy wants a user name, which is not sent',
    [{ name: 'HTTP_PROXY', value: 'http://u:p@10.0.0.9:3128' }],
    [],
  ],
])('the proxy for a Service: %s', (_name, env, expected) => {
  const to = { destination: toWeb, evidence: { ...NO_EVIDENCE, destinationService: web } };
  expect(ids(asked(to, 'default', env), 'app-proxy')).toEqual(expected);
});
