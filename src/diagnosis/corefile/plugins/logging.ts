/** What is written down of questions and answers: errors, log, dnstap, trace. */

import { GO_REGEXP } from '../go-regexp.ts';
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { anything, atLeast, exactly, nothing, one, property, words } from '../readings.ts';
import { between, choice, choiceOfAnyCase, DURATION, INTEGER, NOT_NEGATIVE } from '../words.ts';

const strict = { from: '1.14.4' };
const LEVELS = ['warning', 'error', 'info', 'debug'];

/** `consolidate DURATION REGEXP [LEVEL] [show_first]` */
const consolidate: Reading = (reader, sink) => {
  const [duration, pattern, ...options] = takeRest(reader, sink, 2, 4);
  if (duration === undefined || pattern === undefined) return;
  checkWord(duration, DURATION, sink);
  checkWord(pattern, GO_REGEXP, sink);
  const [level, more] = options;
  if (level === undefined) return;
  checkWord(level, choice(...LEVELS, 'show_first'), sink);
  if (more !== undefined) checkWord(more, choice('show_first'), sink);
  if (more !== undefined || level.text === 'show_first')
    sink.refuse(level, 'consolidate takes no show_first', { releases: { before: '1.14.0' } });
  else sink.refuse(level, 'consolidate takes two words', { releases: { before: '1.8.5' } });
};

export const errors: Grammar = {
  once: { from: '1.1.0' },
  line: words(0, 1, choice('stdout')),
  block: {
    stacktrace: property(nothing, '1.9.3'),
    consolidate: property(consolidate, '1.2.6'),
  },
};

export const log: Grammar = {
  line: anything,
  block: { class: property(atLeast(1, choice('all', 'success', 'denial', 'error'))) },
};

/** Where to send copies; `listen`, and `tls` that goes with it, came with 1.14.4. */
const tapLine: Reading = (reader, sink) => {
  const all = takeRest(reader, sink, 1, Number.POSITIVE_INFINITY);
  const listens = all[0]?.text === 'listen';
  if (listens && all.length < 2)
    sink.refuse(reader.token(), 'listen of dnstap takes an address, and has none', { releases: strict });
  if (listens || all.some(({ open }) => open)) return;
  for (const word of all.slice(2, 3)) checkWord(word, between(1, 1024), sink, { from: '1.11.4' });
  for (const word of all.slice(3, 4)) checkWord(word, between(1, 4096), sink, { from: '1.11.4' });
};
export const dnstap: Grammar = {
  line: tapLine,
  block: {
    identity: property(one()),
    version: property(one()),
    skipverify: property(nothing, '1.11.0'),
    extra: property(one(), '1.11.1'),
    tls: property(atLeast(2), '1.14.4'),
  },
  blockHeededFrom: '1.9.4',
  unknownRefused: strict,
};

const RATE = {
  expects: 'a number from 0 to 1',
  accepts: (word: string) => (/^[\d.]+$/.test(word) ? Number(word) <= 1 : !word.startsWith('-')),
};
const BOOLEAN = choice('1', 't', 'T', 'true', 'TRUE', 'True', '0', 'f', 'F', 'false', 'FALSE', 'False');
const traceLine: Reading = (reader, sink) => {
  const [type, endpoint] = takeRest(reader, sink, 0, 2);
  if (type !== undefined && endpoint !== undefined)
    checkWord(type, choiceOfAnyCase('zipkin', 'datadog'), sink);
};
export const trace: Grammar = {
  line: traceLine,
  block: {
    every: property(exactly(1, NOT_NEGATIVE)),
    service: property(exactly(1)),
    client_server: property(words(0, 1, BOOLEAN)),
    datadog_analytics_rate: property(words(0, 1, RATE), '1.8.0'),
    zipkin_max_backlog_size: property(exactly(1, INTEGER), '1.9.4'),
    zipkin_max_batch_size: property(exactly(1, INTEGER), '1.9.4'),
    zipkin_max_batch_interval: property(exactly(1, DURATION), '1.9.4'),
  },
  unknownRefused: { from: '1.14.4' },
};
