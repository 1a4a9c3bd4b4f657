/** Plugins that make answers, or change them: any, chaos, dns64, header, loadbalance, template and more. */

import { CLASS, CODE, TYPE } from '../dns-words.ts';
import { GO_REGEXP } from '../go-regexp.ts';
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, atLeast, exactly, none, nothing, one, property, until, words } from '../readings.ts';
import {
  ANY,
  between,
  CIDR,
  choice,
  choiceOfAnyCase,
  DURATION,
  readBlock,
  unsigned,
  type WordKind,
} from '../words.ts';

const strict = { from: '1.14.4' };
const nothingFollows: Reading = (reader, sink) => {
  if (reader.nextArgument())
    sink.refuse(reader.token(), `${sink.place} takes no word and no block`, { releases: strict });
};
export const any: Grammar = { from: '1.5.1', single: true, line: nothingFollows };
export const chaos: Grammar = { single: true, line: anything, block: {}, unknownRefused: strict };
export const whoami: Grammar = { single: true, line: none };
export const minimal: Grammar = { from: '1.8.4', single: true, line: none };
export const nsid: Grammar = { from: '1.0.1', once: { from: '1.1.0' }, line: anything };
export const shed: Grammar = { from: '1.14.7', once: {}, line: none, block: {} };

const metadataLine: Reading = (reader, sink) => {
  reader.rest();
  if (reader.nextInBlock() || reader.next())
    sink.refuse(reader.token(), 'metadata may be there only once, and takes no block');
};
export const metadata: Grammar = { from: '1.2.0', single: true, line: metadataLine };

export const local: Grammar = {
  from: '1.8.1',
  line: (reader, sink) => {
    const [word] = reader.rest();
    if (word !== undefined) sink.refuse(word, 'local takes no word', { releases: { from: '1.14.5' } });
  },
  block: { localhost_prefix: property(exactly(1, choice('on', 'off'))) },
  blockHeededFrom: '1.14.5',
};

const PREFIX: WordKind = {
  expects: 'an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits',
  accepts: (word) => {
    const prefix = readBlock(word);
    if (prefix === undefined || prefix.base.family !== 'ipv6') return false;
    const { prefixLength } = prefix;
    return prefixLength % 8 === 0 && prefixLength >= 32 && prefixLength <= 96;
  },
};
export const dns64: Grammar = {
  from: '1.7.0',
  line: words(0, 1, PREFIX),
  block: {
    prefix: property(one(PREFIX)),
    translate_all: property(nothing),
    allow_ipv4: property(nothing, '1.8.7'),
  },
};

const FLAGS = choiceOfAnyCase('aa', 'ra', 'rd');
/** `[query|response] set|clear FLAG…` */
const flags: Reading = (reader, sink) => {
  const selector = reader.token().text.toLowerCase();
  if (selector === 'query' || selector === 'response') {
    const at = reader.token();
    if (!reader.nextArgument()) {
      sink.refuse(at, `${sink.place} takes set or clear, and has neither`);
      return;
    }
    checkWord(reader.token(), choiceOfAnyCase('set', 'clear'), sink);
  }
  for (const flag of takeRest(reader, sink, 1, Number.POSITIVE_INFINITY)) checkWord(flag, FLAGS, sink);
};
export const header: Grammar = {
  from: '1.8.5',
  anyCase: true,
  single: true,
  line: nothing,
  block: {
    query: property(flags, '1.9.4'),
    response: property(flags, '1.9.4'),
    set: until('1.12.4', flags),
    clear: until('1.12.4', flags),
  },
  whole: (properties, at, sink) => {
    // Another header behind it may have what this one lacks.
    if (properties.length === 0) sink.refuse(at, 'header needs a block with set or clear', { likely: true });
  },
};

/** `weighted FILE` has a block of its own, with `reload` and nothing else. */
const weighted: Reading = (reader, sink) => {
  while (reader.nextInBlock()) {
    const { text } = reader.token();
    if (text !== 'reload')
      sink.refuse(reader.token(), `weighted of loadbalance has no property ${quote(text)}`, {
        kind: 'unknown-property',
      });
    exactly(1, DURATION)(reader, { ...sink, place: 'reload of loadbalance' });
  }
};
const balance: Reading = (reader, sink) => {
  const [head, weights, more] = reader.rest();
  if (head === undefined || head.open) return;
  checkWord(head, choice('round_robin', 'weighted'), sink);
  if (head.text === 'weighted') {
    if (weights === undefined) sink.refuse(head, 'weighted of loadbalance takes a file, and has none');
    if (more !== undefined) sink.refuse(more, 'weighted of loadbalance takes one file, and has more');
    sink.refuse(head, 'loadbalance takes round_robin only', { releases: { before: '1.10.1' } });
    weighted(reader, sink);
  } else if (weights !== undefined) sink.refuse(weights, `${quote(head.text)} of loadbalance takes no word`);
};
export const loadbalance: Grammar = {
  line: balance,
  block: { prefer: property(words(0, Number.POSITIVE_INFINITY, CIDR), '1.12.4') },
  blockHeededFrom: '1.10.1',
};

const ederror: Reading = words(1, 2, unsigned(16), ANY);
export const template: Grammar = {
  from: '1.0.3',
  line: (reader, sink) => {
    const [dnsClass, type] = takeRest(reader, sink, 2, Number.POSITIVE_INFINITY);
    if (dnsClass !== undefined) checkWord(dnsClass, CLASS, sink);
    if (type !== undefined) checkWord(type, TYPE, sink);
  },
  block: {
    match: property(atLeast(1, GO_REGEXP)),
    answer: property(atLeast(1)),
    additional: property(atLeast(1)),
    authority: property(atLeast(1)),
    rcode: property(one(CODE)),
    ederror: property(ederror, '1.10.1'),
    fallthrough: property(anything),
    upstream: property(anything, '1.0.6'),
    var: property(words(2, Infinity), '1.14.8'),
    expr: property(atLeast(1), '1.14.8'),
  },
};

const INT32 = between(0, 2_147_483_647);
export const erratic: Grammar = {
  line: nothing,
  block: {
    drop: property(words(0, 1, INT32)),
    truncate: property(words(0, 1, INT32)),
    delay: property(words(0, 2, INT32, DURATION)),
    large: property(nothing, '1.2.5'),
  },
};
