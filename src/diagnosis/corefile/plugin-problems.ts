/** What is wrong inside of one server block: its keys, its plugins, and what they take. */
import { readKey } from './keys.ts';
import { nearestOf } from './nearest.ts';
import { plugins } from './plugins/index.ts';
import type { CorefileProblem } from './problem.ts';
import { quote } from './quote.ts';
import { type Judged, refusalsOf, weigh } from './refusals.ts';
import { releasesInWords, standingOf } from './releases.ts';
import { has } from './stanzas.ts';
import type { Token } from './tokens.ts';
import type { ServerBlock } from './tree.ts';

export const REFUSED = { effect: 'refuses-to-start' } as const;

/** A plugin that official releases, or some of them, do not have. Builds of others may. */
const pluginProblems = (name: string, at: Token, release: string | undefined): readonly CorefileProblem[] => {
  if (at.open) return [];
  const grammar = plugins.get(name);
  if (grammar === undefined) {
    const nearest = nearestOf(name, [...plugins.keys()]);
    return [
      {
        kind: 'unknown-plugin',
        line: at.line,
        text: `CoreDNS has no plugin ${quote(name)}; only a build of one's own may`,
        ...REFUSED,
        certain: false,
        plugin: name,
        ...(nearest === undefined ? {} : { nearest }),
      },
    ];
  }
  if (standingOf(grammar, release) === 'in-all') return [];
  return [
    {
      kind: 'depends-on-version',
      line: at.line,
      text: `the plugin ${name} is there only in CoreDNS ${releasesInWords(grammar)}`,
      ...REFUSED,
      certain: false,
      plugin: name,
    },
  ];
};

/** None where `release` is known not to refuse it. */
export const problemOf = (refusal: Judged, release: string | undefined): readonly CorefileProblem[] => {
  const { kind, line, text, plugin, nearest, releases } = refusal;
  const weight = weigh(refusal, release);
  if (weight === 'not-refused') return [];
  const some = weight === 'depends-on-version' && releases !== undefined;
  const told = some && !text.includes(' only in CoreDNS ');
  return [
    {
      kind: some ? 'depends-on-version' : kind,
      line,
      text: told ? `${text} (CoreDNS ${releasesInWords(releases)})` : text,
      ...REFUSED,
      certain: weight === 'certain',
      plugin,
      ...(nearest === undefined ? {} : { nearest }),
    },
  ];
};

/** The words of each plugin in the block: CoreDNS lets it read those of all its directives as one. */
const byPlugin = ({ directives }: ServerBlock): ReadonlyMap<string, readonly Token[]> => {
  const all = new Map<string, Token[]>();
  for (const { name, tokens } of directives) {
    const words = all.get(name) ?? [];
    all.set(name, words);
    for (const token of tokens) words.push(token);
  }
  return all;
};

const needsKubernetes = (block: ServerBlock, release: string | undefined): readonly CorefileProblem[] => {
  const external = block.directives.find(({ name }) => name === 'k8s_external')?.tokens[0];
  if (external === undefined || has(block, 'kubernetes')) return [];
  const text = 'k8s_external needs the plugin kubernetes in the same server block';
  const refusal = { kind: 'bad-argument', plugin: 'k8s_external', line: external.line, text } as const;
  return problemOf({ ...refusal, releases: { from: '1.11.0' } }, release).map((problem) => ({
    ...problem,
    certain: problem.certain && block.imports.length === 0,
  }));
};

export const blockProblems = (
  block: ServerBlock,
  release: string | undefined,
): readonly CorefileProblem[] => [
  ...block.keys.flatMap((token): readonly CorefileProblem[] => {
    const read = readKey(token);
    return read.kind === 'refused'
      ? [{ kind: 'bad-zone', line: read.line, text: read.text, ...REFUSED, certain: true }]
      : [];
  }),
  ...[...byPlugin(block)].flatMap(([name, tokens]) => {
    const grammar = plugins.get(name);
    const [at] = tokens;
    if (at === undefined) return [];
    const refusals = grammar === undefined ? [] : refusalsOf(name, grammar, tokens, release);
    return [
      ...pluginProblems(name, at, release),
      ...refusals.flatMap((refusal) => problemOf(refusal, release)),
    ];
  }),
  ...needsKubernetes(block, release),
];
