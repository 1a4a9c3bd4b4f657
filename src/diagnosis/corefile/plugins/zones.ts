/** Zones of one's own: file, auto, secondary, transfer, sign, dnssec, etcd, hosts. */

import { GO_REGEXP } from '../go-regexp.ts';
import { checkWord, type Grammar, quote, type Reading, takeRest } from '../grammar.ts';
import {
  anything,
  atLeast,
  exactly,
  first,
  none,
  nothing,
  one,
  property,
  until,
  words,
} from '../readings.ts';
import type { Token } from '../tokens.ts';
import {
  ADDRESS,
  between,
  DURATION,
  DURATION_NOT_NEGATIVE,
  INTEGER,
  isAddress,
  splitHostPort,
  type WordKind,
  withSeconds,
} from '../words.ts';

const SINCE_1_8 = { releases: { from: '1.8.0' } };

/** A file, and the zones that are in it. */
const fileAndZones: Reading = (reader, sink) => {
  one()(reader, sink);
  reader.rest();
};

export const file: Grammar = {
  line: fileAndZones,
  block: {
    fallthrough: property(anything, '1.12.2'),
    reload: property(first(1, DURATION), '1.2.3'),
    reload_by_mtime: property(nothing, '1.14.4'),
    upstream: property(anything),
    no_reload: until('1.5.0', nothing),
    transfer: until('1.8.0'),
  },
};

/** `directory DIR [REGEXP TEMPLATE]`; before 1.8 a duration could follow. */
const directory: Reading = (reader, sink) => {
  const [, pattern, template, ...more] = takeRest(reader, sink, 1, Number.POSITIVE_INFINITY);
  if (pattern === undefined) return;
  checkWord(pattern, GO_REGEXP, sink);
  if (template === undefined) sink.refuse(pattern, 'directory of auto takes a pattern and a template');
  if (more.length > 0) sink.refuse(pattern, 'directory of auto takes at most three words', SINCE_1_8);
};

export const auto: Grammar = {
  line: anything,
  block: {
    directory: property(directory),
    reload: property(first(1, DURATION_NOT_NEGATIVE), '1.2.3'),
    upstream: property(anything),
    no_reload: until('1.5.0', nothing),
    transfer: until('1.8.0'),
  },
};

const PEER: WordKind = {
  expects: 'an IP address, with or without a port',
  accepts: (word) => isAddress((splitHostPort(word)?.host ?? word).replace(/%[^%]*$/, '')),
};
const PEER_OR_ALL: WordKind = { ...PEER, accepts: (word) => word === '*' || PEER.accepts(word) };

/** `transfer from ADDRESS…`; `to` was taken as well before 1.8. */
const transferFrom: Reading = (reader, sink) => {
  const at = reader.token();
  const [direction, ...peers] = takeRest(reader, sink, 1, Number.POSITIVE_INFINITY);
  if (direction === undefined || direction.open) return;
  if (direction.text === 'to') {
    sink.refuse(direction, 'transfer of secondary takes from, not to', SINCE_1_8);
    return;
  }
  if (direction.text !== 'from') {
    sink.refuse(direction, `transfer of secondary takes from, not ${quote(direction.text)}`, SINCE_1_8);
    return;
  }
  if (peers.length === 0) sink.refuse(at, 'transfer from of secondary does not say from where', SINCE_1_8);
  for (const peer of peers) checkWord(peer, PEER, sink);
};

export const secondary: Grammar = {
  line: anything,
  block: {
    transfer: property(transferFrom),
    catalog: property(anything, '1.14.5'),
    fallthrough: property(anything, '1.14.4'),
    upstream: until('1.8.0'),
  },
  whole: (properties, at, sink) => {
    if (!properties.some(({ text }) => text === 'transfer'))
      sink.refuse(at, 'secondary needs transfer from ADDRESS', { releases: { from: '1.12.2' } });
  },
};

export const transfer: Grammar = {
  from: '1.6.5',
  line: anything,
  block: { to: property(atLeast(1, PEER_OR_ALL)), source: property(exactly(1, ADDRESS), '1.14.5') },
  whole: (properties, at, sink) => {
    if (!properties.some(({ text }) => text === 'to'))
      sink.refuse(at, 'transfer needs to, with the addresses that may have the zone');
  },
};

/** `key file NAME…` or, of dnssec since 1.12.2, `key aws_secretsmanager NAME…`. */
const key: Reading = (reader, sink) => {
  const at = reader.token();
  if (!reader.nextArgument()) {
    sink.refuse(at, `${sink.place} takes file and the names of keys, and has neither`);
    return;
  }
  const source = reader.token();
  if (source.text === 'directory') sink.refuse(source, `${sink.place} takes file, not directory`);
  if (source.text === 'file' && reader.rest().length === 0)
    sink.refuse(source, `${sink.place} does not say which files`);
};

export const sign: Grammar = {
  from: '1.6.3',
  line: fileAndZones,
  block: { key: property(key), directory: property(exactly(1)) },
};

const dnssecKey: Reading = (reader, sink) => {
  const at = reader.token();
  if (!reader.nextArgument()) {
    sink.refuse(at, 'key of dnssec takes file and the names of keys, and has neither');
    return;
  }
  const { text } = reader.token();
  const named = text === 'file' || text === 'aws_secretsmanager';
  if (named && reader.rest().length === 0) sink.refuse(at, `key ${text} of dnssec does not say which`);
};
export const dnssec: Grammar = {
  once: { from: '1.1.0' },
  line: anything,
  block: { key: property(dnssecKey), cache_capacity: property(one(INTEGER)) },
};

const LEASE: WordKind = withSeconds({
  ...DURATION_NOT_NEGATIVE,
  accepts: (word) => word.trim() === '' || DURATION_NOT_NEGATIVE.accepts(word.trim()),
});
export const etcd: Grammar = {
  single: true,
  line: anything,
  block: {
    path: property(one()),
    endpoint: property(atLeast(1)),
    credentials: property(exactly(2), '1.4.0'),
    tls: property(words(0, 3)),
    fallthrough: property(anything),
    'min-lease-ttl': property(one(LEASE), '1.12.4'),
    'max-lease-ttl': property(one(LEASE), '1.12.4'),
    stubzones: property(nothing),
    debug: property(nothing),
    upstream: property(anything),
  },
};

const isIn = (name: string, properties: readonly Token[]): boolean =>
  properties.some(({ text }) => text === name);

/** Lines of addresses and names are read until `fallthrough`; behind it each line has to be a property. */
export const hosts: Grammar = {
  once: { from: '1.1.0' },
  line: anything,
  block: {
    fallthrough: property(anything),
    fallthrough_unsupported: property(none),
    no_reverse: property(nothing),
    ttl: property(first(1, between(1, 65_535))),
    reload: property(exactly(1, DURATION_NOT_NEGATIVE)),
  },
  others: (reader, sink, properties) => {
    const word = reader.token();
    if (isIn('fallthrough', properties)) {
      if (!isAddress(word.text)) return false;
      sink.refuse(word, `hosts takes no addresses behind fallthrough, and has ${quote(word.text)} there`);
    }
    reader.rest();
    return true;
  },
  whole: (properties, at, sink) => {
    // To older releases it is one of the lines of addresses, as long as those may come.
    const behind = properties.slice(properties.findIndex(({ text }) => text === 'fallthrough') + 1);
    if (!isIn('fallthrough_unsupported', properties)) return;
    if (!isIn('fallthrough', properties))
      sink.refuse(at, 'fallthrough_unsupported of hosts needs fallthrough', { releases: { from: '1.14.7' } });
    else if (isIn('fallthrough_unsupported', behind))
      sink.refuse(at, 'hosts has no property fallthrough_unsupported', {
        kind: 'unknown-property',
        releases: { before: '1.14.7' },
      });
  },
};
