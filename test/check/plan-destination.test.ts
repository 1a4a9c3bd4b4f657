/** What is asked for `--to`. */
import { expect, test } from '@jest/globals';
import { suite } from '../../probes/index.ts';
import type { Destination } from '../../src/model/destination.ts';
import { NO_EVIDENCE } from '../../src/model/evidence.ts';
import { podSchema } from '../../src/model/kubernetes.ts';
import type { InternetTargets } from '../../src/model/options.ts';
import { plan } from '../../src/plan/index.ts';
import { known } from '../diagnosis/build.ts';
import { toWeb, webPod, webService, webSlice } from '../diagnosis/to-destination.ts';
import { ingress } from '../diagnosis/to-ingress.ts';

const pod = known(
  podSchema.parse({
    metadata: { name: 'client' },
    spec: {},
    status: { podIP: '10.244.0.5', podIPs: [{ ip: '10.244.0.5' }] },
  }),
);
const nothing = { apiService: { state: 'absent' }, dnsService: { state: 'absent' } } as const;

const asked = (
  destination: Destination,
  evidence: Partial<typeof NO_EVIDENCE> = {},
  targets: InternetTargets = 'default',
): readonly string[] =>
  plan({ pod, ...nothing }, targets, {}, { destination, evidence: { ...NO_EVIDENCE, ...evidence } })
    .filter(
      ({ purpose }) =>
        purpose.startsWith('destination') ||
        purpose === 'path-mtu' ||
        purpose === 'internet' ||
        purpose === 'external-name',
    )
    .map(({ purpose, id }) => `${purpose}: ${id}`);

test('a Service: its name, its address, its URL, and each endpoint by itself', () => {
  expect(
    asked(toWeb, { destinationService: known(webService()), destinationEndpointSlices: known([webSlice()]) }),
  ).toEqual([
    'destination-name: dns-lookup/web',
    'destination-name: dns-lookup/web.shop.svc.cluster.local.',
    'destination: tcp-connect/to/10.96.7.7:80',
    'destination: http-get/to/80',
    'destination-endpoint: tcp-connect/to/endpoint/10.244.0.21:8080',
    'destination-endpoint: http-get/to/endpoint/10.244.0.21:8080',
    'destination-endpoint: tcp-connect/to/endpoint/10.244.0.22:8080',
    'destination-endpoint: http-get/to/endpoint/10.244.0.22:8080',
    'path-mtu: path-mtu/10.244.0.21',
  ]);
});

test("a Service whose name the pod's own hosts file has is asked for by that name, too", () => {
  const aliased = known(
    podSchema.parse({
      metadata: { name: 'client' },
      spec: { hostAliases: [{ ip: '10.0.0.5', hostnames: ['web'] }] },
    }),
  );
  const asks = plan(
    { pod: aliased, ...nothing },
    'default',
    {},
    { destination: toWeb, evidence: { ...NO_EVIDENCE, destinationService: known(webService()) } },
  );
  expect(asks.filter(({ purpose }) => purpose === 'destination').map(({ id }) => id)).toEqual([
    'tcp-connect/to/10.96.7.7:80',
    'tcp-connect/to/web:80',
    'http-get/to/80',
  ]);
});

test('over TLS each endpoint is asked for its certificate, too, by the name that the front is asked by', () => {
  const lines = asked(toWeb, {
    destinationService: known(webService({ ports: [{ name: 'https', port: 443 }] })),
    destinationEndpointSlices: known([
      { ...webSlice(), ports: [{ name: 'https', port: 8443, protocol: 'TCP' }] },
    ]),
  });
  expect(lines.filter((line) => line.startsWith('destination-certificate'))).toEqual([
    'destination-certificate: http-get/to/443/certificate',
    'destination-certificate: http-get/to/endpoint/10.244.0.21:8443/certificate',
    'destination-certificate: http-get/to/endpoint/10.244.0.22:8443/certificate',
  ]);
});

test.each(['http', 'https'])(
  'of many endpoints ten for each port, and never more asks than the runner carries (%s)',
  (name) => {
    const addresses = Array.from({ length: 200 }, (_, index) => ({
      address: `10.244.1.${index}`,
      node: `node-${index % 20}`,
    }));
    const ports = Array.from({ length: 40 }, (_, index) => ({ name, port: 8000 + index }));
    const all = plan(
      { pod, ...nothing },
      'default',
      {},
      {
        destination: toWeb,
        evidence: {
          ...NO_EVIDENCE,
          destinationService: known(webService({ ports })),
          destinationEndpointSlices: known([
            { ...webSlice(addresses), ports: [{ name, port: 8080, protocol: 'TCP' }] },
          ]),
        },
      },
    );
    expect(all.length).toBeLessThanOrEqual(200);
    const one = asked(toWeb, {
      destinationService: known(webService()),
      destinationEndpointSlices: known([webSlice(addresses)]),
    });
    expect(one.filter((line) => line.startsWith('destination-endpoint: tcp-connect')).length).toBe(10);
  },
);

test('a Service that may not be read: by its name alone', () => {
  const forbidden = {
    state: 'forbidden',
    right: { verb: 'get', group: '', resource: 'services', namespace: 'shop' },
  } as const;
  expect(
    asked({ ...toWeb, port: 80 }, { destinationService: forbidden, destinationEndpointSlices: forbidden }),
  ).toEqual([
    'destination-name: dns-lookup/web',
    'destination-name: dns-lookup/web.shop.svc.cluster.local.',
    'destination: tcp-connect/to/web:80',
    'destination: http-get/to/80',
    'path-mtu: path-mtu/web',
  ]);
});

test('a pod by its address: no name, no Service', () => {
  const destination: Destination = { requested: 'pod/web-0', kind: 'pod', namespace: 'shop', name: 'web-0' };
  expect(asked(destination, { destinationPods: known([webPod(0)]) })).toEqual([
    'destination: tcp-connect/to/10.244.0.21:8080',
    'destination: http-get/to/8080',
    'path-mtu: path-mtu/10.244.0.21',
  ]);
});

test('a host outside: its name, its certificate, and what it is compared with', () => {
  const lines = asked({ requested: 'example.com:8443', kind: 'host', host: 'example.com', port: 8443 });
  expect(lines).toEqual(
    expect.arrayContaining([
      'external-name: dns-lookup/example.com',
      'external-name: dns-lookup/example.com.',
      'destination: tcp-connect/to/example.com:8443',
      'destination: http-get/to/8443',
      'destination-certificate: http-get/to/8443/certificate',
      'destination-reference: tcp-connect/reference/example.com:443',
      'destination-reference: tcp-connect/reference/1.1.1.1:443',
    ]),
  );
  expect(
    asked({ requested: 'example.com', kind: 'host', host: 'example.com' }, {}, 'none').some((line) =>
      line.includes('1.1.1.1'),
    ),
  ).toBe(false);
});

test('UDP: a datagram; of port 53 a query, which has to be answered', () => {
  const udp = (port: number) =>
    asked(toWeb, {
      destinationService: known(webService({ ports: [{ port, protocol: 'UDP' }] })),
      destinationEndpointSlices: known([]),
    }).filter((line) => line.startsWith('destination: '));
  expect(udp(514)).toEqual(['destination: udp-exchange/to/10.96.7.7:514/udp']);
  expect(udp(53)).toEqual(['destination: dns-query/to/10.96.7.7:53/udp']);
});

test('each ask is one that its probe takes, and has an id of its own', () => {
  const asks = plan(
    { pod, ...nothing },
    'default',
    {},
    {
      destination: { ...toWeb, url: 'https://web:8443/a?b' },
      evidence: {
        ...NO_EVIDENCE,
        destinationService: known(webService({ ports: [{ name: 'http', port: 8443 }] })),
        destinationEndpointSlices: known([webSlice()]),
      },
    },
  );
  expect(new Set(asks.map(({ id }) => id)).size).toBe(asks.length);
  for (const { probe, question } of asks)
    expect(() => suite.find(({ id }) => id === probe)?.order(question)).not.toThrow();
});

test('an Ingress with several addresses is asked at each, by the name of its rule; a host name among them leads where it leads', () => {
  const shop: Destination = {
    requested: 'ingress/shop',
    kind: 'ingress',
    namespace: 'shop',
    name: 'shop',
    host: 'shop.example',
    url: 'https://shop.example/',
  };
  const taken = (fronts: readonly { ip?: string; hostname?: string }[]) => ({
    destinationIngress: known({ ...ingress(), status: { loadBalancer: { ingress: [...fronts] } } }),
  });
  const requests = (fronts: readonly { ip?: string; hostname?: string }[]) =>
    asked(shop, taken(fronts)).filter((line) => line.includes('http-get'));
  expect(requests([{ ip: '203.0.113.10' }, { ip: '203.0.113.12' }])).toEqual([
    'destination: http-get/to/443',
    'destination-certificate: http-get/to/443/certificate',
    'destination: http-get/to/443/at/203.0.113.12',
    'destination-certificate: http-get/to/443/at/203.0.113.12/certificate',
  ]);
  expect(requests([{ hostname: 'lb.example' }])).toEqual([
    'destination: http-get/to/443',
    'destination-certificate: http-get/to/443/certificate',
  ]);
});
