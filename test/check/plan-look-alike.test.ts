import { expect, test } from '@jest/globals';
import { podSchema } from '../../src/model/kubernetes.ts';
import { lookAlikePlan, towardsOriginal } from '../../src/plan/look-alike.ts';

const pod = (spec: object, status: object = { podIP: '10.244.0.9' }) =>
  podSchema.parse({ metadata: { name: 'web' }, spec, status });
const ports = (...numbers: readonly number[]) => [
  { name: 'app', ports: numbers.map((containerPort) => ({ containerPort })) },
];

test('its ports are connected to, and asked as a proxy is: three at most', () => {
  const asked = towardsOriginal(pod({ containers: ports(80, 81, 82, 83, 80) }));
  expect(asked.map(({ id }) => id)).toEqual([
    'icmp-echo/original',
    'tcp-connect/original/80',
    'http-get/original/80',
    'tcp-connect/original/81',
    'http-get/original/81',
    'tcp-connect/original/82',
    'http-get/original/82',
  ]);
  expect(asked.find(({ id }) => id === 'http-get/original/80')?.question).toEqual({
    url: 'http://10.244.0.9:80/',
    proxy: 'http://10.244.0.9:80',
  });
});

test('a pod that declares no port is asked on one that is closed: a refusal shows that it is there', () => {
  const udp = [{ name: 'dns', ports: [{ containerPort: 53, protocol: 'UDP' }] }];
  for (const containers of [ports(), udp])
    expect(towardsOriginal(pod({ containers })).map(({ id }) => id)).toEqual([
      'icmp-echo/original',
      'tcp-connect/original/1',
    ]);
});

test('an IPv6 address stands in brackets where a URL is', () => {
  const asked = towardsOriginal(pod({ containers: ports(80) }, { podIP: 'fd00::9' }));
  expect(asked.find(({ probe }) => probe === 'http-get')?.question).toMatchObject({
    url: 'http://[fd00::9]:80/',
  });
});

test('in the network of the node both are the same: nothing is asked of the other, and its listeners count', () => {
  const host = pod({ hostNetwork: true, containers: ports(80) });
  expect(towardsOriginal(host)).toEqual([]);
  const listeners = {
    id: 'listeners/ss',
    probe: 'listeners',
    purpose: 'listeners',
    question: { read: 'ss' },
  } as const;
  expect(lookAlikePlan([listeners], host)).toEqual([listeners]);
  expect(lookAlikePlan([listeners], pod({ containers: [] })).map(({ purpose }) => purpose)).not.toContain(
    'listeners',
  );
});
