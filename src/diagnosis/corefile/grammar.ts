/** The language in which `plugins/` says what a plugin of CoreDNS takes. */
import { quote } from './quote.ts';
import type { Reader } from './reader.ts';
import type { Releases } from './releases.ts';
import type { Token } from './tokens.ts';
import type { WordKind } from './words.ts';

export type RefusalKind = 'unknown-property' | 'bad-argument' | 'repeated-plugin';

export interface Refusal {
  readonly kind: RefusalKind;
  readonly line: number;
  readonly text: string;
  /** Those that refuse it. undefined: all. */
  readonly releases?: Releases;
  /** Refused only for sure if nothing else is there, such as a file of that name. */
  readonly likely?: true;
}

export interface Sink {
  readonly plugin: string;
  /** Where one stands: the plugin, or one of its properties as `success of cache`. */
  readonly place: string;
  readonly refuse: (
    at: Token,
    text: string,
    more?: Partial<Pick<Refusal, 'kind' | 'releases' | 'likely'>>,
  ) => void;
}

/** Reads what follows the name of a plugin or of a property, as the plugin itself does. */
export type Reading = (reader: Reader, sink: Sink) => void;

export interface Property extends Releases {
  readonly read: Reading;
}

export interface Grammar extends Releases {
  /** What follows on the line. */
  readonly line: Reading;
  /** undefined: the plugin does not look for a block, and takes its words for further directives. */
  readonly block?: Readonly<Record<string, Property>>;
  /** The releases that look for a block; all where it is not said. */
  readonly blockReleases?: Releases;
  /** The first release that looks at what is in the block; all where it is not said. */
  readonly blockHeededFrom?: string;
  /** Those that refuse a property which is not in the table; all where it is not said. */
  readonly unknownRefused?: Releases;
  /** Reads a word of the block that is no property, behind those of these names; false: it is to be refused. */
  readonly others?: (reader: Reader, sink: Sink, before: ReadonlySet<string>) => boolean;
  /** The releases that take it only once in a server block. */
  readonly once?: Releases;
  /** Only the first of several is read, and nothing behind it. */
  readonly single?: true;
  /** Property names are taken in any case. */
  readonly anyCase?: true;
  /** What has to hold of all that was read for one directive: the names of its properties, in order. */
  readonly whole?: (properties: readonly Token[], at: Token, sink: Sink) => void;
  /** Comes only with builds of others, such as Red Hat's. */
  readonly custom?: true;
}

export const checkWord = (word: Token, kind: WordKind, sink: Sink, releases?: Releases): void => {
  if (word.open || kind.accepts(word.text)) return;
  const text =
    word.text === '}'
      ? `the } that ends ${sink.place} has to stand on a line of its own`
      : `${sink.place} takes ${kind.expects}, not ${quote(word.text)}`;
  sink.refuse(word, text, releases === undefined ? {} : { releases });
};

const NUMBERS = ['no word', 'one word', 'two words', 'three words', 'four words', 'five words'];
const inWords = (count: number): string => NUMBERS[count] ?? `${count} words`;
const counts = (low: number, high: number): string => {
  if (low === high) return inWords(low);
  if (high === Number.POSITIVE_INFINITY) return `at least ${inWords(low)}`;
  return low === 0 ? `at most ${inWords(high)}` : `${inWords(low)} to ${inWords(high)}`;
};

/** All words up to the end of the line, whose number has to be right. */
export const takeRest = (reader: Reader, sink: Sink, low: number, high: number): readonly Token[] => {
  const at = reader.token();
  const words = reader.rest();
  if (words.length >= low && words.length <= high) return words;
  const closing = words.at(-1)?.text === '}' && words.length - 1 >= low && words.length - 1 <= high;
  sink.refuse(
    words.at(-1) ?? at,
    closing
      ? `the } after ${sink.place} has to stand on a line of its own`
      : `${sink.place} takes ${counts(low, high)}, and has ${words.length}`,
  );
  return [];
};
