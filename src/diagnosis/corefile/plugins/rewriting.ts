/** rewrite: each directive is one rule, on its line or, where that says only how to go on, over the lines of a block. */
import { CLASS_OF_ANY_CASE, CODE_OF_ANY_CASE, TYPE_OF_ANY_CASE } from '../dns-words.ts';
import { GO_REGEXP } from '../go-regexp.ts';
import { checkWord, type Grammar, type Reading, type Sink } from '../grammar.ts';
import { quote } from '../quote.ts';
import type { Releases } from '../releases.ts';
import type { Token } from '../tokens.ts';
import { unsigned, type WordKind } from '../words.ts';
import { edns0 } from './rewriting-edns0.ts';
import { lower, MATCH, type Rule, wrongCount } from './rewriting-rule.ts';

/** How many words behind `answer` belong to it. undefined: it is not one of these. */
const ANSWERS: Readonly<Record<string, number>> = { auto: 0, name: 2, value: 2 };

/** Behind the names: `answer auto`, `answer name FROM TO`, `answer value FROM TO`. */
const checkAnswers = (at: Token, words: readonly Token[], sink: Sink): void => {
  if (words.some(({ open }) => open)) return;
  for (let index = 0; index < words.length; ) {
    const head = words[index];
    if (head?.text === 'answer') index += 1;
    else if (index === 0) {
      sink.refuse(
        at,
        `a name rule of rewrite takes two names, and how to match before them, not also ${quote(head?.text ?? '')}`,
      );
      return;
    }
    const what = words[index];
    const count = Object.hasOwn(ANSWERS, what?.text ?? '') ? ANSWERS[what?.text ?? ''] : undefined;
    if (what === undefined || count === undefined) {
      sink.refuse(what ?? at, 'answer of rewrite takes name, value or auto');
      return;
    }
    if (index + count >= words.length) {
      sink.refuse(what, `answer ${what.text} of rewrite takes two words`);
      return;
    }
    const from = words[index + 1];
    if (count > 0 && from !== undefined) checkWord(from, GO_REGEXP, sink);
    index += 1 + count;
  }
};

const name: Rule = (at, words, sink) => {
  if (words.length < 2) wrongCount(at, 'name', 'at least two words', sink);
  if (words.length < 3) return;
  const [match, from] = words;
  if (match !== undefined) checkWord(match, MATCH, sink);
  if (from !== undefined && lower(match) === 'regex') checkWord(from, GO_REGEXP, sink);
  const answers = words.slice(3);
  if (answers.length === 1)
    wrongCount(at, 'name', 'two names, how to match them, and what to do with answers', sink);
  else checkAnswers(at, answers, sink);
};

const pair =
  (kind: string, word: WordKind): Rule =>
  (at, words, sink) => {
    if (words.length !== 2) wrongCount(at, kind, 'two words', sink);
    else for (const each of words) checkWord(each, word, sink);
  };

const SECONDS = unsigned(32);
const TTL: WordKind = {
  expects: 'seconds, or a range of them such as 30-60, 30- or -60',
  accepts: (word) => {
    const [low = '', high, ...more] = word.split('-');
    if (high === undefined) return SECONDS.accepts(low);
    const well = [low, high].every((part) => part === '' || SECONDS.accepts(part));
    if (!well || more.length > 0 || low + high === '') return false;
    return low === '' || high === '' || BigInt(low) <= BigInt(high);
  },
};

/** `[MATCH] NAME VALUE…` */
const matched =
  (kind: string, values: number, word: WordKind): Rule =>
  (at, words, sink) => {
    const extra = words.length - values;
    if (extra !== 1 && extra !== 2) {
      wrongCount(
        at,
        kind,
        `a name and ${values === 1 ? 'a value' : 'two values'}, and how to match before them`,
        sink,
      );
      return;
    }
    const [match, from] = words;
    if (extra === 2 && match !== undefined) checkWord(match, MATCH, sink);
    if (extra === 2 && from !== undefined && lower(match) === 'regex') checkWord(from, GO_REGEXP, sink);
    for (const value of words.slice(extra)) checkWord(value, word, sink);
  };

const cname: Rule = (at, words, sink) => {
  if (words.length !== 2 && words.length !== 3)
    wrongCount(at, 'cname', 'two names, and how to match before them', sink);
  const [match] = words;
  if (words.length === 3 && match !== undefined) checkWord(match, MATCH, sink);
};

const HIGHEST_CODE = 23;
const CODE_OR_NUMBER: WordKind = {
  ...CODE_OF_ANY_CASE,
  accepts: (word) =>
    CODE_OF_ANY_CASE.accepts(word) || (SECONDS.accepts(word) && Number(word) <= HIGHEST_CODE),
};

interface Known {
  readonly rule: Rule;
  readonly releases?: Releases;
}
const RULES: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['name', { rule: name }],
  ['class', { rule: pair('class', CLASS_OF_ANY_CASE) }],
  ['type', { rule: pair('type', TYPE_OF_ANY_CASE) }],
  ['edns0', { rule: edns0 }],
  ['ttl', { rule: matched('ttl', 1, TTL), releases: { before: '1.2.3' } }],
  ['cname', { rule: cname, releases: { before: '1.11.0' } }],
  ['rcode', { rule: matched('rcode', 2, CODE_OR_NUMBER), releases: { before: '1.11.3' } }],
]);

/** Words of a block count as one line, also its braces but for the last. */
const blockWords = (reader: Parameters<Reading>[0]): readonly Token[] => {
  const found: Token[] = [];
  while (reader.nextInBlock()) found.push(reader.token());
  return found;
};

const rule: Reading = (reader, sink) => {
  const at = reader.token();
  const line = reader.rest();
  const all = line.length < 2 ? [...line, ...blockWords(reader)] : line;
  // Files that nobody sees may bring any of them.
  if (all.some(({ unseen }) => unseen)) return;
  const goesOn = ['continue', 'stop'].includes(lower(all[0]));
  const [kind, ...words] = goesOn ? all.slice(1) : all;
  if (kind === undefined) {
    sink.refuse(at, 'rewrite does not say what to rewrite');
    return;
  }
  if (kind.open || words[0]?.open) return;
  const known = RULES.get(lower(kind));
  if (known === undefined) {
    const text =
      lower(kind) === 'answer'
        ? 'answer of rewrite has to come behind a name rule'
        : `rewrite takes ${[...RULES.keys()].join(', ')}, not ${quote(kind.text)}`;
    sink.refuse(kind, text);
    return;
  }
  if (known.releases !== undefined)
    sink.refuse(kind, `rewrite does not know ${kind.text}`, { releases: known.releases });
  known.rule(kind, words, sink);
};

export const rewrite: Grammar = { line: rule };
