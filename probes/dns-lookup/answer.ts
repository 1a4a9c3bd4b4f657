/** The answers among nslookup's lines. */
import { matchesOf } from '../shared/lines.ts';
import * as line from './lines.ts';

export const withoutDot = (name: string): string => name.replace(/(?<=.)\.$/, '');

export const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

/** The answer's aliases: the name that has the first, and their targets in order. */
export const aliasesIn = (lines: readonly string[]) => {
  const aliases = matchesOf(lines, line.ALIAS);
  return {
    owner: aliases[0]?.name,
    targets: [...new Set(aliases.map(({ target }) => withoutDot(target ?? '')))],
  };
};

/** The addresses among the lines; undefined: there are none, or they are not whole. */
export const answerIn = (lines: readonly string[]) => {
  const addresses = matchesOf(lines, line.ADDRESS).flatMap(({ address }) =>
    address === undefined ? [] : [{ family: familyOf(address), address }],
  );
  const names = matchesOf(lines, line.NAME);
  const { owner, targets } = aliasesIn(lines);
  // The owner of the first record is the name that was asked for; what follows an alias is its target.
  const answeredName = owner ?? names[0]?.name;
  if (answeredName === undefined || addresses.length === 0 || addresses.length !== names.length)
    return undefined;
  return {
    answeredName: withoutDot(answeredName),
    addresses: addresses.filter(
      ({ address }, index) => addresses.findIndex((other) => other.address === address) === index,
    ),
    aliases: targets,
  };
};

/** The names of an address among the lines; undefined: there are none. */
export const pointersIn = (lines: readonly string[]) => {
  const pointers = matchesOf(lines, line.POINTER);
  const { owner, targets } = aliasesIn(lines);
  const answeredName = owner ?? pointers[0]?.name;
  if (answeredName === undefined || pointers.length === 0) return undefined;
  return {
    answeredName: withoutDot(answeredName),
    addresses: [],
    aliases: targets,
    pointers: [...new Set(pointers.map(({ target }) => withoutDot(target ?? '')))],
  };
};
