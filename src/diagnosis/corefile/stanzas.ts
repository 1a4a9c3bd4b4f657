/** What the directives of a server block say that matters beyond it: where it forwards, what it binds, which zones kubernetes has. */
import { normalName } from './dns-words.ts';
import type { Key } from './keys.ts';
import { readerOf } from './reader.ts';
import { reverseZonesOf } from './reverse-zones.ts';
import { splitTransport } from './targets.ts';
import type { Token } from './tokens.ts';
import { type ServerBlock, tokensOf } from './tree.ts';
import { isAddress } from './words.ts';

/** One directive of a plugin: its words, and those of the properties in its block by their first word. */
export interface Stanza {
  readonly line: number;
  readonly words: readonly Token[];
  readonly properties: readonly (readonly Token[])[];
}

/** All directives of `plugin` in the block, in their order. */
export const stanzasOf = (block: ServerBlock, plugin: string): readonly Stanza[] => {
  const reader = readerOf(tokensOf(block, plugin));
  const stanzas: Stanza[] = [];
  while (reader.next()) {
    const head = reader.token();
    if (head.text !== plugin || head.unseen) continue;
    const words = reader.rest();
    const properties: (readonly Token[])[] = [];
    while (reader.nextInBlock()) properties.push([reader.token(), ...reader.rest()]);
    stanzas.push({ line: head.line, words, properties });
  }
  return stanzas;
};

/** The words of all properties of that name. */
export const propertyWords = ({ properties }: Stanza, name: string): readonly Token[] =>
  properties.flatMap(([head, ...words]) => (head?.text === name ? words : []));

/** A zone as plugins take it, perhaps with a scheme and a port, in its normal form. */
export const zoneOf = (word: string): string => {
  const name = splitTransport(word).rest.replace(/:[+-]?\d+$/, '');
  return reverseZonesOf(name)?.[0] ?? normalName(name);
};

export const has = (block: ServerBlock, plugin: string): boolean =>
  block.directives.some(({ name }) => name === plugin);

export interface KubernetesZones {
  readonly line: number;
  readonly zones: readonly string[];
  /** Some of them are not known here. */
  readonly open: boolean;
}

/** The zones that the plugin kubernetes has in the block; without words they are those of the block. */
export const kubernetesZonesOf = (block: ServerBlock, keys: readonly Key[]): KubernetesZones | undefined => {
  const [stanza] = stanzasOf(block, 'kubernetes');
  if (stanza === undefined) return undefined;
  const { line, words } = stanza;
  return words.length === 0
    ? { line, zones: keys.flatMap(({ zones }) => zones), open: block.keys.some(({ open }) => open) }
    : { line, zones: words.map(({ text }) => zoneOf(text)), open: words.some(({ open }) => open) };
};

/** The addresses that the block listens at. undefined: at all; `open`: there are some that are not known here, as names of interfaces. */
export interface Bound {
  readonly addresses: readonly string[];
  readonly open: boolean;
}
export const boundOf = (block: ServerBlock): Bound | undefined => {
  const stanzas = stanzasOf(block, 'bind');
  if (stanzas.length === 0) return undefined;
  const words = stanzas.flatMap((stanza) => stanza.words);
  const addresses = words.filter(({ text, open }) => !open && isAddress(text)).map(({ text }) => text);
  const excepts = stanzas.some(({ properties }) => properties.length > 0);
  return { addresses, open: excepts || addresses.length < words.length };
};
