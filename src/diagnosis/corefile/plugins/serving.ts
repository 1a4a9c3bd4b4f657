/** How a server block listens and keeps going: bind, bufsize, health, loop, ready, reload, timeouts, tls and more. */
import { checkWord, type Grammar, quote, type Reading, takeRest } from '../grammar.ts';
import { atLeast, exactly, none, one, property, words } from '../readings.ts';
import {
  between,
  CIDR,
  choice,
  choiceOfAnyCase,
  DURATION,
  DURATION_POSITIVE,
  durationBetween,
  INTEGER,
  isAddress,
  LISTEN_ADDRESS,
  NOT_NEGATIVE,
  POSITIVE,
  readDuration,
  withSeconds,
} from '../words.ts';

/** Linux names no interface at greater length. */
const LONGEST_INTERFACE = 15;
const looksLikeAddress = (word: string): boolean => /^[\d.:]+$/.test(word) || word.length > LONGEST_INTERFACE;

const bindTo: Reading = (reader, sink) => {
  for (const word of takeRest(reader, sink, 1, Number.POSITIVE_INFINITY)) {
    if (word.open || isAddress(word.text)) continue;
    if (looksLikeAddress(word.text))
      sink.refuse(word, `bind takes addresses and names of interfaces, not ${quote(word.text)}`);
    else
      sink.refuse(word, `bind takes addresses only, not ${quote(word.text)}`, {
        releases: { before: '1.8.4' },
      });
  }
};

export const bind: Grammar = {
  line: bindTo,
  block: { except: property(atLeast(1), '1.8.4') },
  blockReleases: { from: '1.8.4' },
};

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

const MOST_SOCKETS = 1024;
const multisocketLine: Reading = (reader, sink) => {
  const [count] = takeRest(reader, sink, 0, 1);
  if (count !== undefined) {
    checkWord(count, POSITIVE, sink);
    checkWord(count, between(Number.MIN_SAFE_INTEGER, MOST_SOCKETS), sink, { from: '1.13.2' });
  }
  if (reader.next()) sink.refuse(reader.token(), 'multisocket may be there only once, and takes no block');
};
export const multisocket: Grammar = { from: '1.12.0', single: true, line: multisocketLine };

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

/** Two or three files; without any, since 1.14.7, certificates come by ACME. */
const tlsLine: Reading = (reader, sink) => {
  const at = reader.token();
  const files = takeRest(reader, sink, 0, 3);
  if (files.length === 1) sink.refuse(at, 'tls takes a certificate and its key, and has one word');
  if (files.length === 0)
    sink.refuse(at, 'tls takes a certificate and its key, and has neither', {
      releases: { before: '1.14.7' },
    });
};
export const tls: Grammar = {
  line: tlsLine,
  block: {
    client_auth: property(
      exactly(1, choice('nocert', 'request', 'require', 'verify_if_given', 'require_and_verify')),
      '1.5.1',
    ),
    keylog: property(exactly(1), '1.14.3'),
    acme: property(atLeast(1), '1.14.7'),
    email: property(exactly(1), '1.14.7'),
    ca: property(exactly(1), '1.14.7'),
    storage: property(exactly(1), '1.14.7'),
    ca_root: property(exactly(1), '1.14.7'),
    resolver: property(exactly(1), '1.14.7'),
  },
};

const limit = property(exactly(1, NOT_NEGATIVE));
const once: NonNullable<Grammar['whole']> = (properties, at, sink) => {
  const names = properties.map(({ text }) => text);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) sink.refuse(at, `${sink.plugin} takes ${twice} only once`);
};
const server = (from: string, block: NonNullable<Grammar['block']>): Grammar => ({
  from,
  single: true,
  line: none,
  block,
  whole: once,
});
export const grpcServer = server('1.14.0', { max_streams: limit, max_connections: limit });
export const https = server('1.14.0', { max_connections: limit });
export const https3 = server('1.14.0', {
  max_streams: limit,
  max_connections: { ...limit, from: '1.14.7' },
});
export const quic = server('1.12.2', {
  max_streams: property(exactly(1, POSITIVE)),
  worker_pool_size: property(exactly(1, POSITIVE)),
});

export const proxyproto: Grammar = {
  from: '1.14.2',
  line: none,
  block: {
    allow: property(words(0, Infinity, CIDR)),
    default: property(exactly(1, choiceOfAnyCase('use', 'ignore', 'reject', 'skip'))),
    udp_session_tracking: property(words(1, 2, DURATION, POSITIVE), '1.14.3'),
  },
};

const RATE = { expects: 'a number from 0 to 1', accepts: (word: string) => !/[^\d.eE+-]/.test(word) };
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
