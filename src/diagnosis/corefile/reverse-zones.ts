/** Keys such as `10.0.0.0/24` stand for the reverse zones of these addresses. */
import type { Cidr } from '../policy/cidr.ts';
import { readBlock } from './words.ts';

const BITS = { ipv4: 32, ipv6: 128 } as const;
/** A label is a byte of an IPv4 address, and four bits of an IPv6 one. */
const LABEL = { ipv4: 8, ipv6: 4 } as const;
const SUFFIX = { ipv4: 'in-addr.arpa.', ipv6: 'ip6.arpa.' } as const;

/** The labels of the address, the most significant first. */
const labelsOf = ({ base: { family, words } }: Cidr): readonly number[] =>
  words.flatMap((word) =>
    family === 'ipv4' ? [word >> 8, word & 255] : [word >> 12, (word >> 8) & 15, (word >> 4) & 15, word & 15],
  );

/**
 * The zones that hold all of the block. One that ends inside of a label makes as many as that label has values there, at most 128. undefined:
 * no block.
 */
export const reverseZonesOf = (text: string): readonly string[] | undefined => {
  const cidr = readBlock(text);
  if (cidr === undefined) return undefined;
  const { family } = cidr.base;
  const size = LABEL[family];
  const inside = cidr.prefixLength % size;
  const whole = Math.floor(cidr.prefixLength / size);
  const labels = labelsOf(cidr);
  const render = (all: readonly number[]): string =>
    [...all.toReversed().map((label) => label.toString(family === 'ipv4' ? 10 : 16)), SUFFIX[family]].join(
      '.',
    );
  if (inside === 0 || cidr.prefixLength >= BITS[family]) return [render(labels.slice(0, whole))];
  const values = 2 ** (size - inside);
  const last = labels[whole] ?? 0;
  const first = last - (last % values);
  return Array.from({ length: values }, (_, index) => render([...labels.slice(0, whole), first + index]));
};
