/** Who may ask what, and under which name: acl, tsig, view. */

import { OPCODE, TYPE } from '../dns-words.ts';
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, exactly, property } from '../readings.ts';
import type { Token } from '../tokens.ts';
import { CIDR, readBlock, type WordKind } from '../words.ts';

const ACTIONS = ['allow', 'block', 'filter', 'drop'];
const SECTIONS = ['type', 'net'];
const sectionOf = ({ text }: Token): string | undefined =>
  SECTIONS.find((section) => section === text.toLowerCase());

const SOURCE: WordKind = {
  ...CIDR,
  accepts: (word) =>
    readBlock(word.includes('/') ? word : `${word}/${word.includes(':') ? 128 : 32}`) !== undefined,
};

/** `ACTION [type TYPE…] [net SOURCE…]`; behind a `*` nothing of its section is looked at. */
const policy: Reading = (reader, sink) => {
  const action = reader.token().text;
  let section: string | undefined;
  let size = 0;
  let all = false;
  const closeSection = (at: Token): void => {
    if (section !== undefined && size === 0) sink.refuse(at, `${section} of ${action} in acl names nothing`);
  };
  for (const word of reader.rest()) {
    const begins = word.open ? undefined : sectionOf(word);
    if (begins === undefined && section === undefined && !word.open) {
      sink.refuse(word, `${action} of acl takes type or net, not ${quote(word.text)}`);
      return;
    }
    if (begins === undefined) {
      size += 1;
      all ||= word.text === '*';
      if (!all && section !== undefined) checkWord(word, section === 'type' ? TYPE : SOURCE, sink);
      continue;
    }
    closeSection(word);
    [section, size, all] = [begins, 0, false];
  }
  closeSection(reader.token());
};

export const acl: Grammar = {
  from: '1.6.4',
  anyCase: true,
  line: anything,
  block: Object.fromEntries(
    ACTIONS.map((action) => [
      action,
      property(policy, action === 'filter' ? '1.8.2' : action === 'drop' ? '1.10.1' : undefined),
    ]),
  ),
};

/** `all`, `none`, or a list; behind either of the first two nothing is looked at. */
const required =
  (kind: WordKind): Reading =>
  (reader, sink) => {
    const [head, ...more] = takeRest(reader, sink, 1, Number.POSITIVE_INFINITY);
    if (head === undefined || head.text === 'all' || head.text === 'none') return;
    for (const word of [head, ...more]) checkWord(word, kind, sink);
  };
export const tsig: Grammar = {
  from: '1.9.4',
  once: {},
  line: anything,
  block: {
    secret: property(exactly(2)),
    secrets: property(exactly(1)),
    require: property(required(TYPE)),
    require_opcode: property(required(OPCODE), '1.14.3'),
  },
};

export const view: Grammar = {
  from: '1.10.0',
  once: {},
  line: exactly(1),
  block: { expr: property(anything) },
};
