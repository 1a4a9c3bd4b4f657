/** IP addresses as bytes: for certificates, and for the names of reverse lookups. */
import { familyOf } from './families.ts';

/** Sixteen-bit groups, `::` filled up. */
const groupsOf = (address: string): readonly number[] => {
  const part = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [head = '', tail = ''] = address.split('::');
  const [left, right] = [part(head), part(tail)];
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
};

/** 4 or 16 of them. IPv6 without zone, and without a tail in the form of IPv4. */
export const bytesOf = (address: string): Buffer =>
  Buffer.from(
    familyOf(address) === 'ipv4'
      ? address.split('.').map(Number)
      : groupsOf(address).flatMap((group) => [group >> 8, group & 255]),
  );

/** `1.0.96.10.in-addr.arpa`, `1.0.0.0…0.d.f.ip6.arpa`. */
export const reverseName = (address: string): string => {
  const bytes = bytesOf(address);
  const labels = familyOf(address) === 'ipv4' ? [...bytes] : [...bytes.toString('hex')];
  return `${labels.reverse().join('.')}.${familyOf(address) === 'ipv4' ? 'in-addr' : 'ip6'}.arpa`;
};
