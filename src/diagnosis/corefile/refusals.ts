/** What the plugins of a server block refuse, each reading its words as the plugin itself does. */
import type { Grammar, Property, Refusal, Sink } from './grammar.ts';
import { nearestOf } from './nearest.ts';
import { quote } from './quote.ts';
import { type Reader, readerOf } from './reader.ts';
import { isNewer, type Releases, releasesFrom, releasesInWords, standingOf } from './releases.ts';
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

/** Releases that do not have the property: those of them that refuse what they do not know. */
const lacking = ({ plugin, grammar }: Run, word: Token, property: Property): readonly Judged[] =>
  otherReleases(property).flatMap((other) => {
    const { from } = grammar.unknownRefused ?? {};
    const releases = from === undefined ? other : releasesFrom(other, from);
    const text = `${plugin} has the property ${word.text} only in CoreDNS ${releasesInWords(property)}`;
    return releases === undefined
      ? []
      : [{ kind: 'unknown-property', plugin, line: word.line, text, releases }];
  });

const readProperty = (run: Run, before: ReadonlySet<string>): void => {
  const { plugin, grammar, reader, found } = run;
  const word = reader.token();
  const property = propertyOf(grammar, word.text);
  if (property === undefined) {
    if (grammar.others?.(reader, sinkOf(run, plugin), before)) return;
    refuseUnknown(run, word);
    reader.rest();
    return;
  }
  for (const refusal of lacking(run, word, property)) found.push(refusal);
  property.read(reader, sinkOf(run, `${word.text} of ${plugin}`));
};

/** The block behind the line, if there is one; undefined where it cannot be followed to its end. */
const readBlock = (run: Run): readonly Token[] | undefined => {
  const { grammar, reader, plugin, found } = run;
  const { line } = reader.token();
  if (reader.opensBlock())
    for (const releases of otherReleases(grammar.blockReleases ?? {}))
      found.push({ kind: 'bad-argument', plugin, line, text: `${plugin} takes no block`, releases });
  const seen: Token[] = [];
  const names = new Set<string>();
  while (reader.nextInBlock()) {
    const word = reader.token();
    seen.push(word);
    if (word.unseen) continue;
    if (word.open) reader.rest();
    else readProperty(run, names);
    names.add(word.text);
    if (word.text === '{') return undefined;
  }
  return seen;
};

/** Older releases do not look at the block. */
const heeded = (refusals: readonly Judged[], from: string | undefined): readonly Judged[] =>
  from === undefined
    ? refusals
    : refusals.flatMap((refusal) => {
        const releases = releasesFrom(refusal.releases ?? {}, from);
        return releases === undefined ? [] : [{ ...refusal, releases }];
      });

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
    const inBlock: Run = { ...run, found: [] };
    const properties = grammar.block === undefined ? [] : readBlock(inBlock);
    for (const refusal of heeded(inBlock.found, grammar.blockHeededFrom)) run.found.push(refusal);
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
