/** How CoreDNS goes on as a whole: bufsize, cancel, debug, health, loop, prometheus, ready, reload and more. */
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { exactly, none, one, property, words } from '../readings.ts';
import {
  between,
  choice,
  DURATION,
  DURATION_POSITIVE,
  durationBetween,
  INTEGER,
  LISTEN_ADDRESS,
  readDuration,
  withSeconds,
} from '../words.ts';

export const bufsize: Grammar = { from: '1.6.6', single: true, line: words(0, 1, between(512, 4096)) };
export const cancel: Grammar = { from: '1.5.0', line: words(0, 1, DURATION_POSITIVE) };
export const debug: Grammar = { line: none };
export const root: Grammar = { line: one() };

export const health: Grammar = {
  line: words(0, 1, LISTEN_ADDRESS),
  block: { lameduck: property(exactly(1, DURATION)) },
};

export const ready: Grammar = {
  from: '1.5.0',
  once: {},
  line: words(0, 1, LISTEN_ADDRESS),
  block: { monitor: property(exactly(1, choice('until-ready', 'continuously'))) },
  blockReleases: { from: '1.12.2' },
  unknownRefused: { from: '1.14.4' },
};

export const prometheus: Grammar = {
  once: { from: '1.1.0' },
  line: words(0, 1, LISTEN_ADDRESS),
  block: { runtime_metrics: property(none), tls: property(exactly(1)) },
  blockReleases: { from: '1.14.3' },
};

export const pprof: Grammar = {
  once: { from: '1.1.0' },
  line: words(0, 1, LISTEN_ADDRESS),
  block: { block: property(words(0, 1, INTEGER)) },
  blockReleases: { from: '1.5.0' },
};

export const loop: Grammar = { from: '1.2.1', once: {}, line: none };

const reloadLine: Reading = (reader, sink) => {
  const [interval, jitter] = takeRest(reader, sink, 0, 2);
  if (interval !== undefined)
    checkWord(interval, durationBetween(2, Infinity, 'of at least 2s, such as 30s'), sink);
  if (jitter === undefined) return;
  const ONE_SECOND = durationBetween(1, Infinity, 'of at least 1s as its second word');
  const zero = readDuration(jitter.text) === 0;
  checkWord(jitter, ONE_SECOND, sink, zero ? { before: '1.14.2' } : undefined);
};
export const reload: Grammar = { from: '1.0.6', single: true, line: reloadLine };

const TIMEOUT = withSeconds(durationBetween(1, 86_400, 'from 1s to 24h'));
export const timeouts: Grammar = {
  from: '1.10.1',
  line: none,
  block: {
    read: property(exactly(1, TIMEOUT)),
    write: property(exactly(1, TIMEOUT)),
    idle: property(exactly(1, TIMEOUT)),
    maxtcpqueries: property(exactly(1, INTEGER), '1.14.7'),
  },
  whole: (properties, at, sink) => {
    if (properties.length === 0) sink.refuse(at, 'timeouts needs a block with at least one of them');
  },
};
