/** Readings of which the tables in `plugins/` are made. */
import { checkWord, type Property, type Reading, takeRest } from './grammar.ts';
import { ANY, type WordKind } from './words.ts';

/** All words of the line: `low` to `high` of them, checked by their place; the last kind holds for all that follow. */
export const words =
  (low: number, high: number, ...kinds: readonly WordKind[]): Reading =>
  (reader, sink) => {
    for (const [index, word] of takeRest(reader, sink, low, high).entries())
      checkWord(word, kinds[index] ?? kinds.at(-1) ?? ANY, sink);
  };
export const exactly = (count: number, ...kinds: readonly WordKind[]): Reading =>
  words(count, count, ...kinds);
export const atLeast = (low: number, ...kinds: readonly WordKind[]): Reading =>
  words(low, Number.POSITIVE_INFINITY, ...kinds);
/** The first few are looked at; what follows is read and forgotten. */
export const first =
  (low: number, ...kinds: readonly WordKind[]): Reading =>
  (reader, sink) => {
    for (const [index, word] of takeRest(reader, sink, low, Number.POSITIVE_INFINITY).entries())
      checkWord(word, kinds[index] ?? ANY, sink);
  };

/** One word. What follows it on the line is taken for the next property. */
export const one =
  (kind: WordKind = ANY): Reading =>
  (reader, sink) => {
    const at = reader.token();
    if (!reader.nextArgument()) sink.refuse(at, `${sink.place} takes one word, and has none`);
    else checkWord(reader.token(), kind, sink);
  };

/** No word may follow. */
export const none: Reading = exactly(0);
/** Whatever follows on the line. */
export const anything: Reading = (reader) => {
  reader.rest();
};
/** Nothing is read: what follows on the line is taken for the next property. */
export const nothing: Reading = () => undefined;

export const property = (read: Reading, from?: string, before?: string): Property => ({
  read,
  ...(from === undefined ? {} : { from }),
  ...(before === undefined ? {} : { before }),
});
export const until = (before: string, read: Reading = anything): Property =>
  property(read, undefined, before);
