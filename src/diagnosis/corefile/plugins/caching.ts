/** cache */
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { quote } from '../quote.ts';
import { atLeast, exactly, first, none, property } from '../readings.ts';
import {
  ANY,
  choice,
  choiceOfAnyCase,
  DURATION_NOT_NEGATIVE,
  durationBetween,
  INTEGER,
  NOT_NEGATIVE,
  POSITIVE,
  readInteger,
  type WordKind,
} from '../words.ts';

/** `cache [TTL] [ZONES…]`: a first word that is no number is a zone. */
const line: Reading = (reader, sink) => {
  const [word] = reader.rest();
  const ttl = word === undefined || word.open ? undefined : readInteger(word.text);
  if (word !== undefined && ttl !== undefined && ttl <= 0n)
    sink.refuse(word, `cache takes a number of seconds above zero, not ${quote(word.text)}`);
};

const PERCENTAGE: WordKind = {
  expects: 'a percentage from 10% to 90%',
  accepts: (word) => {
    const value = word.endsWith('%') ? readInteger(word.slice(0, -1)) : undefined;
    return value !== undefined && value >= 10n && value <= 90n;
  },
};

const prefetch: Reading = (reader, sink) => {
  const kinds = [NOT_NEGATIVE, durationBetween(-Infinity, Infinity, 'with its unit, such as 1m'), PERCENTAGE];
  for (const [index, word] of takeRest(reader, sink, 1, 3).entries())
    checkWord(word, kinds[index] ?? ANY, sink);
};

const FIVE_MINUTES = 300;
const RECHECK = durationBetween(0, FIVE_MINUTES, 'of at most 5m');

/** `serve_stale [DURATION] [immediate|verify] …`; what follows those two came with 1.14.7. */
const serveStale: Reading = (reader, sink) => {
  const [duration, mode, ...more] = takeRest(reader, sink, 0, 5);
  if (duration !== undefined) checkWord(duration, DURATION_NOT_NEGATIVE, sink);
  if (mode !== undefined) {
    checkWord(mode, choiceOfAnyCase('immediate', 'verify'), sink);
    sink.refuse(mode, `serve_stale takes at most one word, and has more`, { releases: { before: '1.9.2' } });
  }
  const [third] = more;
  if (third === undefined || mode === undefined) return;
  sink.refuse(third, `serve_stale takes at most two words, and has more`, {
    releases: { from: '1.9.2', before: '1.14.7' },
  });
  if (mode.open) return;
  const verify = mode.text.toLowerCase() === 'verify';
  const kinds = verify
    ? [DURATION_NOT_NEGATIVE, DURATION_NOT_NEGATIVE, RECHECK]
    : [DURATION_NOT_NEGATIVE, RECHECK];
  if (more.length > kinds.length)
    sink.refuse(third, 'serve_stale takes at most four words without verify, and has five');
  for (const [index, kind] of kinds.entries()) {
    const word = more[index];
    if (word !== undefined) checkWord(word, kind, sink);
  }
};

/** `success CAPACITY [TTL] [MINTTL]` */
const capacity = first(1, INTEGER, POSITIVE, NOT_NEGATIVE);

export const cache: Grammar = {
  once: { from: '1.1.0' },
  line,
  block: {
    success: property(capacity),
    denial: property(capacity),
    prefetch: property(prefetch),
    serve_stale: property(serveStale, '1.6.6'),
    serve_stale_policy: property(exactly(1, choiceOfAnyCase('prefer_positive')), '1.14.7'),
    servfail: property(exactly(1, durationBetween(0, FIVE_MINUTES, 'of at most 5m, such as 30s')), '1.9.4'),
    disable: property(atLeast(1, choice('success', 'denial'), ANY), '1.9.4'),
    keepttl: property(none, '1.10.1'),
  },
  whole: (properties, at, sink) => {
    const names = properties.map(({ text }) => text);
    const policies = names.filter((name) => name === 'serve_stale_policy').length;
    if (policies > 1) sink.refuse(at, 'cache takes serve_stale_policy only once');
    if (policies > 0 && !names.includes('serve_stale'))
      sink.refuse(at, 'serve_stale_policy of cache needs serve_stale');
  },
};
