/** What the plugins of a server block refuse, each reading its words as the plugin itself does. */
import { nearNames } from '../near.ts';
import { type Grammar, type Property, quote, type Refusal, type Sink } from './grammar.ts';
import { type Reader, readerOf } from './reader.ts';
import { isNewer, type Releases, releasesInWords, standingOf } from './releases.ts';
import type { Token } from './tokens.ts';

export interface Judged extends Refusal {
  readonly plugin: string;
  /** What may have been meant. */
  readonly nearest?: string;
}

interface Run {
  readonly plugin: string;
  readonly grammar: Grammar;
  readonly reader: Reader;
  readonly found: Judged[];
}

const sinkOf = ({ plugin, found }: Run, place: string): Sink => ({
  plugin,
  place,
  refuse: (at, text, more = {}) => {
    found.push({ kind: 'bad-argument', ...more, plugin, line: at.line, text });
  },
});

const LONGEST_MISSPELT = 40;
/** What may have been meant. */
export const nearestOf = (word: string, names: readonly string[]): string | undefined =>
  word.length > LONGEST_MISSPELT ? undefined : nearNames(word, names)[0];

/** The other releases: those from which a property is not there yet, or no longer. */
const otherReleases = ({ from, before }: Releases): readonly Releases[] => [
  ...(from === undefined ? [] : [{ before: from }]),
  ...(before === undefined ? [] : [{ from: before }]),
];

const quoteName = (name: string): string => (name === '{' ? 'block inside its block' : quote(name));

const refuseUnknown = ({ plugin, grammar, found }: Run, word: Token): void => {
  const nearest = nearestOf(word.text, Object.keys(grammar.block ?? {}));
  found.push({
    kind: 'unknown-property',
    plugin,
    line: word.line,
    text: `${plugin} has no ${word.text === '{' ? '' : 'property '}${quoteName(word.text)}`,
    ...(nearest === undefined ? {} : { nearest }),
    ...(grammar.unknownRefused === undefined ? {} : { releases: grammar.unknownRefused }),
  });
};

const propertyOf = ({ block = {}, anyCase }: Grammar, name: string): Property | undefined => {
  const key = anyCase ? name.toLowerCase() : name;
  return Object.hasOwn(block, key) ? block[key] : undefined;
};

const readProperty = (run: Run, seen: readonly Token[]): void => {
  const { plugin, grammar, reader, found } = run;
  const word = reader.token();
  const property = propertyOf(grammar, word.text);
  if (property === undefined) {
    if (grammar.others?.(reader, sinkOf(run, plugin), seen)) return;
    refuseUnknown(run, word);
    reader.rest();
    return;
  }
  for (const releases of otherReleases(property))
    found.push({
      kind: 'unknown-property',
      plugin,
      line: word.line,
      text: `${plugin} has the property ${word.text} only in CoreDNS ${releasesInWords(property)}`,
      releases,
    });
  property.read(reader, sinkOf(run, `${word.text} of ${plugin}`));
};

/** The block behind the line, if there is one; undefined where it cannot be followed to its end. */
const readBlock = (run: Run): readonly Token[] | undefined => {
  const { grammar, reader, plugin, found } = run;
  const seen: Token[] = [];
  while (reader.nextInBlock()) {
    const word = reader.token();
    if (seen.length === 0)
      for (const releases of otherReleases(grammar.blockReleases ?? {}))
        found.push({
          kind: 'bad-argument',
          plugin,
          line: word.line,
          text: `${plugin} takes no block`,
          releases,
        });
    seen.push(word);
    if (word.unseen) continue;
    if (word.open) reader.rest();
    else readProperty(run, seen.slice(0, -1));
    if (word.text === '{') return undefined;
  }
  return seen;
};

/** The second and later ones of a plugin that is to be there once. */
const repeated = (run: Run, once: Releases): Judged => {
  const { plugin, reader } = run;
  const word = reader.token();
  const again = word.text === plugin;
  const what = word.text === '{' ? 'takes no block' : `takes no ${quote(word.text)} on a line of its own`;
  return {
    kind: again ? 'repeated-plugin' : 'bad-argument',
    plugin,
    line: word.line,
    text: again ? `${plugin} is there twice in one server block` : `${plugin} ${what}`,
    ...(once.from === undefined && once.before === undefined ? {} : { releases: once }),
  };
};

/** `tokens`: those of all directives of that plugin in one server block. */
export const refusalsOf = (
  plugin: string,
  grammar: Grammar,
  tokens: readonly Token[],
  release: string | undefined,
): readonly Judged[] => {
  const run: Run = { plugin, grammar, reader: readerOf(tokens), found: [] };
  let times = 0;
  while (run.reader.next()) {
    const at = run.reader.token();
    if (at.unseen) continue;
    times += 1;
    if (grammar.once !== undefined && times > 1) run.found.push(repeated(run, grammar.once));
    if (grammar.once !== undefined && times > 1 && standingOf(grammar.once, release) === 'in-all') break;
    grammar.line(run.reader, sinkOf(run, plugin));
    const properties = grammar.block === undefined ? [] : readBlock(run);
    if (properties === undefined) break;
    if (!properties.some(({ unseen, open }) => unseen || open))
      grammar.whole?.(properties, at, sinkOf(run, plugin));
    if (grammar.single) break;
  }
  return run.found;
};

export type Weight = 'certain' | 'depends-on-version' | 'not-refused';

/** What a refusal comes to where `release` runs. */
export const weigh = ({ kind, releases, likely }: Refusal, release: string | undefined): Weight => {
  const all = releases === undefined;
  if (!all && standingOf(releases, release) === 'in-none') return 'not-refused';
  if (isNewer(release) && kind === 'unknown-property') return 'depends-on-version';
  return (all || release !== undefined) && likely === undefined ? 'certain' : 'depends-on-version';
};
