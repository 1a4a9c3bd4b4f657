/** The forms of `--to`. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDestination } from '../../src/cli/destination-ref.ts';
import { UserError } from '../../src/errors.ts';
import type { DestinationRef } from '../../src/model/options.ts';

const FORMS: readonly (readonly [string, DestinationRef])[] = [
  ['svc/web', { kind: 'service', name: 'web' }],
  ['service/web', { kind: 'service', name: 'web' }],
  ['svc/web:80', { kind: 'service', name: 'web', port: 80 }],
  ['svc/web:http', { kind: 'service', name: 'web', port: 'http' }],
  ['svc/web.shop', { kind: 'service', name: 'web', namespace: 'shop' }],
  ['svc/web.shop:8443', { kind: 'service', name: 'web', namespace: 'shop', port: 8443 }],
  ['svc/web.shop.svc.cluster.local:80', { kind: 'service', name: 'web', namespace: 'shop', port: 80 }],
  ['pod/web-0:8080', { kind: 'pod', name: 'web-0', port: 8080 }],
  ['po/kube-proxy.node.example:10256', { kind: 'pod', name: 'kube-proxy.node.example', port: 10_256 }],
  ['ingress/shop', { kind: 'ingress', name: 'shop' }],
  ['ing/shop', { kind: 'ingress', name: 'shop' }],
  ['web', { kind: 'host', host: 'web' }],
  ['web:http', { kind: 'host', host: 'web', port: 'http' }],
  ['web.shop:80', { kind: 'host', host: 'web.shop', port: 80 }],
  ['Example.COM.:443', { kind: 'host', host: 'Example.COM.', port: 443 }],
  ['10.96.0.7:443', { kind: 'address', address: '10.96.0.7', port: 443 }],
  ['10.96.0.7', { kind: 'address', address: '10.96.0.7' }],
  ['fd00::7', { kind: 'address', address: 'fd00::7' }],
  ['[fd00::7]:80', { kind: 'address', address: 'fd00::7', port: 80 }],
  ['http://web:8080/a?b=c', { kind: 'url', url: 'http://web:8080/a?b=c' }],
  ['https://bücher.example/', { kind: 'url', url: 'https://xn--bcher-kva.example/' }],
];

describe('what is read', () => {
  test.each(FORMS)('%s', (text, ref) => {
    expect(readDestination(text)).toEqual({ requested: text, ref });
  });
});

test('any text is read, or told in one line what is wrong with it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9:/.[\]%-]{0,30}$/)), (text) => {
      try {
        const { ref } = readDestination(text);
        const words = Object.values(ref).map(String);
        // Nothing that a tool could take for an option, and no credentials.
        expect(words.every((word) => !word.startsWith('-') && !/[\s\p{Cc}]/u.test(word))).toBe(true);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.exitCode).toBe(2);
      }
    }),
    { numRuns: 2000 },
  );
});
