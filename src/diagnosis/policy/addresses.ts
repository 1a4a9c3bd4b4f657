/** The addresses that a flow may use, where it does not say which: those of one family at both ends. */
import { type Address, readAddress } from './cidr.ts';
import { type Direction, type End, type Flow, peerOf, subjectOf } from './flow.ts';

const textsOf = (end: End): readonly string[] =>
  end.kind === 'pod' ? (end.address === undefined ? end.ips : [end.address]) : [end.ip];

export const addressesOf = (end: End): readonly Address[] =>
  textsOf(end).flatMap((text) => readAddress(text) ?? []);

/** `undefined` among them: it is not known. All of the peer's where the ends have no family in common, as nothing can flow at all. */
export const peerAddresses = (flow: Flow, direction: Direction): readonly (Address | undefined)[] => {
  const peer = peerOf(flow, direction);
  const known = addressesOf(peer);
  if (known.length < textsOf(peer).length || known.length === 0) return [...known, undefined];
  const families = addressesOf(subjectOf(flow, direction)).map(({ family }) => family);
  const shared = known.filter(({ family }) => families.includes(family));
  return shared.length === 0 ? known : shared;
};
