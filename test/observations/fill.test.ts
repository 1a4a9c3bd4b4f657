import { expect, test } from '@jest/globals';
import { createStore } from '../sandbox/api/index.ts';
import { filled } from './fill.ts';

const store = createStore();
store.create('pods', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'web-0' },
  status: { podIPs: [{ ip: '10.244.0.7' }, { ip: 'fd00::7' }] },
});
const ask = (host: string) => ({
  probe: 'tcp-connect',
  question: { host, port: 80, way: [{ to: host }] },
  expect: { kind: 'open', by: host },
});

test('addresses of pods stand in for their names, wherever they are', () => {
  expect(filled(ask('http://$(web-0.ipv4)/$(web-0.ipv6)'), store, 'shop')).toEqual(
    ask('http://10.244.0.7/fd00::7'),
  );
});

test('a pod that is not there is an error, not an empty address', () => {
  expect(() => filled(ask('$(web-1.ipv4)'), store, 'shop')).toThrow('shop/web-1 has no ipv4 address');
});
