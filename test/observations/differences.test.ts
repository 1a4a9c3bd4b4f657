/** What the observations are held against has to see every difference, or they prove nothing. */
import { describe, expect, test } from '@jest/globals';
import { differences } from './differences.ts';

const outcome = {
  kind: 'answered',
  server: '10.96.0.10',
  rttMs: 1234,
  truncated: false,
  addresses: [
    { family: 'ipv4', address: '10.96.0.1' },
    { family: 'ipv6', address: 'fd00::1' },
  ],
};

describe('nothing differs where', () => {
  test.each<[string, unknown]>([
    ['all is as it is said', outcome],
    ['a part is named', { kind: 'answered' }],
    ['a list has a part of each entry', { addresses: [{ family: 'ipv4' }, { family: 'ipv6' }] }],
    [
      'a list may be in another order',
      { addresses: { inAnyOrder: [{ family: 'ipv6' }, { family: 'ipv4' }] } },
    ],
    ['a list has others beside', { addresses: { including: [{ family: 'ipv6' }] } }],
    ['a field is not to be there', { partial: null }],
    ['text and numbers fit an expression', { server: '/^10\\./', rttMs: '/^12\\d\\d$/' }],
  ])('%s', (_name, expected) => {
    expect(differences(expected, outcome)).toEqual([]);
  });
});

test.each<[unknown, readonly string[]]>([
  [{ kind: 'not-found' }, ['kind: "answered", not "not-found"']],
  [{ kind: 'answered', partial: 'timed-out' }, ['partial: nothing, not "timed-out"']],
  [{ server: null }, ['server: "10.96.0.10", not null']],
  [{ server: '/^192/' }, ['server: "10.96.0.10", not "/^192/"']],
  [{ server: '0.96.0.1' }, ['server: "10.96.0.10", not "0.96.0.1"']],
  [{ truncated: '/false/' }, ['truncated: false, not "/false/"']],
  [{ rttMs: '1234' }, ['rttMs: 1234, not "1234"']],
  [
    { addresses: [{ family: 'ipv4' }] },
    [`addresses: ${JSON.stringify(outcome.addresses)}, not [{"family":"ipv4"}]`],
  ],
  [{ addresses: [{}, { address: 'fd00::2' }] }, ['addresses[1].address: "fd00::1", not "fd00::2"']],
  [
    { addresses: { inAnyOrder: [{ family: 'ipv4' }, { family: 'ipv4' }] } },
    ['addresses: nothing like {"family":"ipv4"}', 'addresses: {"family":"ipv6","address":"fd00::1"} as well'],
  ],
  [{ addresses: { including: [{ family: 'ipv5' }] } }, ['addresses: nothing like {"family":"ipv5"}']],
  [{ server: { inAnyOrder: [] } }, ['server: "10.96.0.10", not {"inAnyOrder":[]}']],
  [{ kind: { of: 'x' } }, ['kind: "answered", not {"of":"x"}']],
])('%j differs', (expected, told) => {
  expect(differences(expected, outcome)).toEqual(told);
});

test('nothing at all differs from any expectation', () => {
  expect(differences({ kind: 'answered' }, undefined)).toEqual(['all: nothing, not {"kind":"answered"}']);
});
