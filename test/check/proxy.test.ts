import { expect, test } from '@jest/globals';
import { proxyFor } from '../../src/proxy.ts';

const PROXY = 'http://proxy.invalid:3128';
const through = (server: string, noProxy: string) =>
  proxyFor(server, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy }) !== undefined;

test.each([
  ['https://api.example.com', '', true],
  ['https://api.example.com', 'example.com', false],
  ['https://example.com', '.example.com', true],
  ['https://api.example.com', '.example.com', false],
  ['https://api.example.com', '*.example.com', false],
  ['https://notexample.com', 'example.com', true],
  ['https://api.example.com:6443', 'api.example.com:6443', false],
  ['https://api.example.com:6443', 'api.example.com:443', true],
  ['https://10.1.2.3:6443', '10.0.0.0/8', false],
  ['https://11.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.1.2.3', false],
  ['https://10.1.2.3:6443', '10.1.2.3:443', true],
  ['https://10.1.2.3:6443', '10.0.0.0/33', true],
  ['https://110.1.2.3:6443', '10.1.2.3', true],
  ['https://[fd00:1::2]:6443', 'fd00:1::/32', false],
  ['https://[fd00:2::2]:6443', 'fd00:1::/32', true],
  ['https://[fd00:1::2]:6443', '10.0.0.0/8', true],
  ['https://[fd00:1::2]:6443', 'fd00:1:0::2', false],
  ['https://[fd00:1::2]:6443', '[fd00:1::2]', false],
  ['https://[fd00:1::2]:6443', '[fd00:1::2]:6443', false],
  ['https://[fd00:1::2]:6443', '[fd00:1::2]:443', true],
  ['https://[::1]:6443', '', false],
  ['https://api.example.com', 'other.com, *', false],
  ['https://127.0.0.1:6443', '', false],
  ['https://localhost:6443', '', false],
])('%s with NO_PROXY=%s goes through the proxy: %s', (server, noProxy, expected) => {
  expect(through(server, noProxy)).toBe(expected);
});

test('lower case counts too, and a proxy without scheme is http', () => {
  expect(proxyFor('https://a.example', { https_proxy: 'proxy.invalid:1' })).toBe('http://proxy.invalid:1');
  expect(proxyFor('https://a.example', { HTTP_PROXY: PROXY })).toBeUndefined();
  expect(proxyFor('https://a.example', {})).toBeUndefined();
});
