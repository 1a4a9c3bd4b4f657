/** Zones of one's own, and copies of them: file, auto, secondary, transfer, etcd. */

import { GO_REGEXP } from '../go-regexp.ts';
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, atLeast, exactly, first, nothing, one, property, until, words } from '../readings.ts';
import {
  ADDRESS,
  DURATION,
  DURATION_NOT_NEGATIVE,
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
