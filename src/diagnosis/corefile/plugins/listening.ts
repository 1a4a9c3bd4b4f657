/** Where and how a server block listens: bind, multisocket, tls, and the limits of its protocols. */
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { quote } from '../quote.ts';
import { atLeast, exactly, none, property, words } from '../readings.ts';
import {
  between,
  CIDR,
  choice,
  choiceOfAnyCase,
  DURATION,
  isAddress,
  NOT_NEGATIVE,
  POSITIVE,
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
