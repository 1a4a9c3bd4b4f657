/** Blocks of addresses, bit by bit. */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contains, matchIpBlock, readAddress, readCidr } from '../../../src/diagnosis/policy/cidr.ts';

const isIn = (cidr: string, address: string): boolean | undefined => {
  const [block, seen] = [readCidr(cidr), readAddress(address)];
  return block === undefined || seen === undefined ? undefined : contains(block, seen);
};

describe('blocks of addresses', () => {
  /** Node's own, which knows nothing of ours. */
  const nodeSays = (cidr: string, address: string): boolean => {
    const [base = '', bits = ''] = cidr.split('/');
    const list = new BlockList();
    list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
  const near = (address: string, bit: number, family: 4 | 6): string => {
    const bits = family === 4 ? 32 : 128;
    const words = readAddress(address)?.words ?? [];
    const flipped = words.map((word, index) =>
      Math.floor((bit % bits) / 16) === index ? word ^ (0x8000 >> (bit % 16)) : word,
    );
    return family === 4
      ? flipped.flatMap((word) => [word >> 8, word & 255]).join('.')
      : flipped.map((word) => word.toString(16)).join(':');
  };
  const isPlain = (address: string): boolean =>
    readAddress(address)?.family === (isIPv6(address) ? 'ipv6' : 'ipv4');

  test.each([4, 6] as const)('IPv%i: as Node has it, at every prefix length, one bit away', (family) => {
    const met = new Set<boolean | undefined>();
    const address = family === 4 ? fc.ipV4() : fc.ipV6().filter(isPlain);
    fc.assert(
      fc.property(address, fc.nat(family === 4 ? 32 : 128), fc.nat(127), (base, prefix, bit) => {
        const cidr = `${base}/${prefix}`;
        const other = near(base, bit, family);
        fc.pre(isPlain(other));
        met.add(isIn(cidr, other));
        expect(isIn(cidr, other)).toBe(nodeSays(cidr, other));
        expect(isIn(cidr, base)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect([...met].sort()).toEqual([false, true]);
  });

  test.each([
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:a01:203', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '11.1.2.3', false],
    ['::ffff:10.0.0.0/96', '203.0.113.1', true],
    // Less than all of the prefix that marks a mapped address is an IPv6 block, where Go finds no IPv4.
    ['::ffff:0:0/95', '10.1.2.3', false],
    ['::/0', '::ffff:10.1.2.3', false],
    ['::/0', '::', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::', false],
    ['2001:DB8::/32', '2001:db8:0:0::1', true],
    ['2001:db8::1/128', '2001:db8::1', true],
    ['10.1.2.3/24', '10.1.2.200', true],
  ])('%s and %s: %s', (cidr, address, expected) => {
    expect(isIn(cidr, address)).toBe(expected);
  });

  test.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '010.0.0.0/8',
    '10.0.0/8',
    '10.0.0.0/8/8',
    '::/129',
    'fe80::%eth0/64',
    'a.b.c.d/8',
    '10.0.0.0/-1',
    '10.0.0.0/8 ',
    '1.2.3.4/1e1',
    ':::/0',
  ])('%j is not a block', (text) => {
    expect(readCidr(text)).toBeUndefined();
    expect(matchIpBlock({ cidr: text }, readAddress('10.0.0.1'))).toMatchObject({ holds: 'unknown' });
  });

  test('any text is an address for us where it is one for Node, but for a zone', () => {
    const pieces = fc.constantFrom('0', '1', 'f', ':', '::', '.', '10', '255', '256', 'ffff', '%', 'g', '00');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
          fc.ipV4(),
          fc.ipV6(),
        ),
        (text) => {
          expect(readAddress(text) !== undefined).toBe(isIP(text) !== 0 && !text.includes('%'));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('an except that cannot be read matters only to what it could cut out', () => {
    const block = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', 'nonsense'] };
    expect(matchIpBlock(block, readAddress('10.1.2.3'))).toMatchObject({
      holds: 'no',
      misses: [{ kind: 'excepted', except: '10.1.0.0/16' }],
    });
    expect(matchIpBlock(block, readAddress('10.2.2.3'))).toMatchObject({ holds: 'unknown' });
    expect(matchIpBlock(block, readAddress('11.2.2.3'))).toMatchObject({ holds: 'no' });
    expect(matchIpBlock(block, undefined)).toMatchObject({ holds: 'unknown' });
  });
});
