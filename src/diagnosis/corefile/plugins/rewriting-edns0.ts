/** Rules of rewrite for EDNS0 options. */
import { counted } from '../../wording.ts';
import { checkWord } from '../grammar.ts';
import { between, choiceOfAnyCase, type WordKind } from '../words.ts';
import { lower, type Rule, wrongCount } from './rewriting-rule.ts';

/** In any of the ways in which Go writes numbers. */
const OPTION: WordKind = {
  expects: 'the number of an option',
  accepts: (word) => /^\d/.test(word),
};
const WORDS_OF_SET: Readonly<Record<string, number>> = { local: 4, nsid: 2, subnet: 4 };
const WORDS_OF_UNSET: Readonly<Record<string, number>> = { local: 3, nsid: 2, subnet: 2 };

/** `edns0 local|nsid|subnet set|append|replace|unset … [revert]` */
export const edns0: Rule = (at, words, sink) => {
  const [type, action] = words;
  if (type === undefined || action === undefined) {
    wrongCount(at, 'edns0', 'at least two words', sink);
    return;
  }
  if (words.some(({ open }) => open)) return;
  checkWord(type, choiceOfAnyCase('local', 'nsid', 'subnet'), sink);
  checkWord(action, choiceOfAnyCase('set', 'append', 'replace', 'unset'), sink);
  const unset = lower(action) === 'unset';
  if (unset) sink.refuse(action, 'edns0 of rewrite has no unset', { releases: { before: '1.12.3' } });
  const reverts = !unset && words.length > 2 && words.at(-1)?.text === 'revert';
  if (reverts) sink.refuse(at, 'edns0 of rewrite has no revert', { releases: { before: '1.11.4' } });
  const count = (unset ? WORDS_OF_UNSET : WORDS_OF_SET)[lower(type)];
  if (count !== undefined && words.length - (reverts ? 1 : 0) !== count)
    sink.refuse(
      at,
      `edns0 ${lower(type)} of rewrite takes ${counted(count - 2, 'more word')} behind its action`,
    );
  const [, , option, second] = words;
  if (lower(type) === 'local' && option !== undefined) checkWord(option, OPTION, sink);
  if (lower(type) !== 'subnet' || option === undefined || second === undefined) return;
  checkWord(option, between(0, 32), sink);
  checkWord(second, between(0, 128), sink);
};
