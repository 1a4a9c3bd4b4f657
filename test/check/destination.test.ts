/** Ports and endpoints of a destination, and which Service a name may be. */
import { describe, expect, test } from '@jest/globals';
import { endpointsOf, portAt, spread } from '../../src/destination/endpoints.ts';
import { destinationPorts, podPort } from '../../src/destination/ports.ts';
import { serviceNameOf } from '../../src/destination/service-name.ts';
import type { Destination } from '../../src/model/destination.ts';
import { NO_EVIDENCE } from '../../src/model/evidence.ts';
import { endpointSliceSchema, type Pod, podSchema, serviceSchema } from '../../src/model/kubernetes.ts';

const service = (ports: readonly object[]) =>
  ({
    state: 'known',
    value: serviceSchema.parse({ metadata: { name: 'web' }, spec: { clusterIP: '10.96.0.7', ports } }),
  }) as const;
const web: Destination = {
  requested: 'svc/web',
  kind: 'service',
  namespace: 'shop',
  name: 'web',
  host: 'web',
};
const portsOf = (destination: Destination, ports: readonly object[], pods: readonly Pod[] = []) =>
  destinationPorts(destination, {
    ...NO_EVIDENCE,
    destinationService: service(ports),
    destinationPods: { state: 'known', value: [...pods] },
  }).map(({ number, protocol, speaks, listed }) => ({ number, protocol, speaks, listed }));

describe('which ports are asked, and what is spoken there', () => {
  test('all that the Service lists; what is spoken, by appProtocol, name and number', () => {
    expect(
      portsOf(web, [
        { port: 80 },
        { port: 443 },
        { port: 9000, name: 'http-admin' },
        { port: 8080, name: 'grpc-api' },
        { port: 5432 },
        { port: 81, appProtocol: 'https' },
        { port: 8443, appProtocol: 'kubernetes.io/h2c' },
        { port: 53, protocol: 'UDP' },
      ]).map(({ number, protocol, speaks }) => `${number}/${protocol} ${speaks ?? '?'}`),
    ).toEqual([
      '80/TCP http',
      '443/TCP https',
      '9000/TCP http',
      '8080/TCP ?',
      '5432/TCP ?',
      '81/TCP https',
      '8443/TCP ?',
      '53/UDP ?',
    ]);
  });

  test('the one that was named, by number or name, listed or not', () => {
    const ports = [
      { name: 'http', port: 80 },
      { name: 'db', port: 5432 },
    ];
    expect(portsOf({ ...web, port: 5432 }, ports)).toMatchObject([{ number: 5432, listed: true }]);
    expect(portsOf({ ...web, port: 'http' }, ports)).toMatchObject([{ number: 80, listed: true }]);
    expect(portsOf({ ...web, port: 81 }, ports)).toMatchObject([{ number: 81, listed: false }]);
    expect(portsOf({ ...web, port: 'grpc' }, ports)).toEqual([]);
  });

  test('a URL says by itself', () => {
    expect(portsOf({ ...web, url: 'https://web:8443/x' }, [{ port: 8443, name: 'tcp' }])).toEqual([
      { number: 8443, protocol: 'TCP', speaks: 'https', listed: true },
    ]);
    expect(portsOf({ ...web, url: 'http://web/' }, [{ port: 8080 }])).toMatchObject([
      { number: 80, listed: false },
    ]);
  });

  test('a readiness probe tells what its port speaks', () => {
    const pod = podSchema.parse({
      metadata: { name: 'web-0' },
      spec: {
        containers: [
          {
            name: 'app',
            ports: [{ name: 'main', containerPort: 7000 }],
            readinessProbe: { httpGet: { port: 'main', scheme: 'HTTPS' } },
          },
        ],
      },
    });
    expect(portsOf(web, [{ port: 7000, targetPort: 'main' }], [pod])).toMatchObject([{ speaks: 'https' }]);
  });

  test('an address needs a port, a host has one', () => {
    expect(destinationPorts({ requested: 'x', kind: 'address', address: '10.0.0.7' }, NO_EVIDENCE)).toEqual(
      [],
    );
    expect(
      destinationPorts({ requested: 'x', kind: 'host', host: 'example.com' }, NO_EVIDENCE),
    ).toMatchObject([{ number: 443, speaks: 'https' }]);
  });

  test('a named port of a pod: native sidecars count, init containers that end do not', () => {
    const pod = podSchema.parse({
      metadata: { name: 'p' },
      spec: {
        containers: [{ name: 'a', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }],
        initContainers: [
          { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 8080 }] },
          { name: 'once', ports: [{ name: 'setup', containerPort: 1 }] },
        ],
      },
    });
    expect([
      podPort(pod, 'http'),
      podPort(pod, 'setup'),
      podPort(pod, 'dns'),
      podPort(pod, 'dns', 'UDP'),
      podPort(pod, 9),
    ]).toEqual([8080, undefined, undefined, 53, 9]);
  });
});

describe('endpoints', () => {
  const slice = (endpoints: readonly object[], ports: readonly object[]) =>
    endpointSliceSchema.parse({ metadata: { name: 's' }, addressType: 'IPv4', endpoints, ports });

  test('an address stands once, with the ports of all its slices; ready left out means ready', () => {
    const found = endpointsOf([
      slice(
        [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'], conditions: { ready: false } }],
        [{ name: 'http', port: 8080 }],
      ),
      slice([{ addresses: ['10.0.0.1'], conditions: { ready: null } }], [{ name: 'db', port: 5432 }]),
    ]);
    expect(
      found.map(({ address, ready, ports }) => [address, ready, ports.map(({ number }) => number)]),
    ).toEqual([
      ['10.0.0.1', true, [8080, 5432]],
      ['10.0.0.2', false, [8080]],
    ]);
    const [first] = found;
    if (first === undefined) throw new Error('none');
    expect(portAt(first, { name: 'db', number: 1, protocol: 'TCP' }, 'service')).toBe(5432);
    expect(portAt(first, { name: 'db', number: 1, protocol: 'UDP' }, 'service')).toBeUndefined();
    expect(portAt(first, { name: undefined, number: 1, protocol: 'TCP' }, 'service')).toBeUndefined();
  });

  test('spread: ready ones first, each node before a second of any', () => {
    const many = endpointsOf([
      slice(
        ['a', 'a', 'a', 'b', 'c'].map((nodeName, index) => ({ addresses: [`10.0.0.${index}`], nodeName })),
        [],
      ),
    ]);
    expect(spread(many, 4).map(({ node }) => node)).toEqual(['a', 'b', 'c', 'a']);
    const both = endpointsOf([
      slice(
        ['10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1', 'fd00::2'].map((address) => ({
          addresses: [address],
          nodeName: 'a',
        })),
        [],
      ),
    ]);
    expect(spread(both, 3).map(({ address }) => address)).toEqual(['10.0.0.1', 'fd00::1', '10.0.0.2']);
    const sick = endpointsOf([
      slice([{ addresses: ['10.0.0.1'], conditions: { ready: false } }, { addresses: ['10.0.0.2'] }], []),
    ]);
    expect(spread(sick, 10).map(({ address }) => address)).toEqual(['10.0.0.2']);
    const allSick = endpointsOf([slice([{ addresses: ['10.0.0.1'], conditions: { ready: false } }], [])]);
    expect(spread(allSick, 10).map(({ address }) => address)).toEqual(['10.0.0.1']);
  });
});

test.each([
  ['web', { name: 'web', namespace: 'shop', sure: true }],
  ['web.', { name: 'web', namespace: 'shop', sure: false }],
  ['web.data', { name: 'web', namespace: 'data', sure: false }],
  ['Web.Data.svc', { name: 'web', namespace: 'data', sure: true }],
  ['web.data.svc.cluster.local.', { name: 'web', namespace: 'data', sure: true }],
  ['db-0.db.data.svc', { name: 'db', namespace: 'data', sure: true, hostname: 'db-0' }],
  ['www.example.com', undefined],
  ['a_b', undefined],
])('%s as the name of a Service', (host, expected) => {
  expect(serviceNameOf(host, 'shop')).toEqual(expected);
});
