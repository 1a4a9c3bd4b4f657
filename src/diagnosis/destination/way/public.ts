/** Whether a destination lies in the world: where the internet cannot be reached, it cannot either. */
import type { Destination } from '../../../model/destination.ts';
import type { Seen } from '../../../model/rule.ts';
import { measured } from '../../observed.ts';
import { contains, readAddress, readCidr } from '../../policy/cidr.ts';

/** RFC 6890: what is not routed in the world. */
const LOCAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].flatMap((block) => readCidr(block) ?? []);

export const isPublicAddress = (text: string): boolean => {
  const address = readAddress(text);
  return address !== undefined && !LOCAL.some((block) => contains(block, address));
};

/** An address that was named, or the ones that its name led to; a name that led nowhere is not known to be either. */
export const isPublic = (seen: Seen<'dns-lookup'>, { kind, address }: Destination): boolean => {
  if (kind !== 'host' && kind !== 'address') return false;
  if (address !== undefined) return isPublicAddress(address);
  const found = seen['dns-lookup'].flatMap(({ purpose, outcome }) => {
    const answer = measured(outcome);
    return purpose === 'external-name' && answer?.kind === 'answered' ? answer.addresses : [];
  });
  return found.length > 0 && found.every((one) => isPublicAddress(one.address));
};
