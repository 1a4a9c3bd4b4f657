/** Plugins that ask other servers: forward, grpc. */
import { CODE_OF_ANY_CASE, DOMAIN_NAME, isDomainName } from '../dns-words.ts';
import { checkWord, type Grammar, type Reading, type Sink } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, atLeast, none, one, property, words } from '../readings.ts';
import { readTarget } from '../targets.ts';
import type { Token } from '../tokens.ts';
import {
  ADDRESS,
  ADDRESS_OR_WITH_PORT,
  choice,
  DURATION_NOT_NEGATIVE,
  DURATION_POSITIVE,
  NOT_NEGATIVE,
  unsigned,
} from '../words.ts';

/** CoreDNS takes no more of them in one directive. */
const MOST_TARGETS = 15;

const checkTarget = (word: Token, sink: Sink): void => {
  if (word.open) return;
  const target = readTarget(word.text);
  if (target.kind === 'nothing') sink.refuse(word, `${quote(word.text)} names no server`);
  else if (target.kind === 'malformed') sink.refuse(word, `${quote(word.text)} is no IP address`);
  else if (target.kind === 'address' && target.bareBrackets)
    sink.refuse(word, `${quote(word.text)} needs a port behind its brackets`, {
      releases: { before: '1.14.2' },
    });
  else if (target.kind === 'name')
    sink.refuse(
      word,
      `${quote(word.text)} is neither an IP address nor, by its look, a file; only CoreDNS 1.14.4 and later look names up`,
      { releases: { before: '1.14.4' }, likely: true },
    );
};

/** Of forward only: grpc speaks but one protocol. */
const checkTransport = (word: Token, sink: Sink): void => {
  const transport = word.open ? undefined : /^(?<name>[a-z0-9]+):\/\//.exec(word.text)?.groups?.name;
  if (transport === 'grpc' || transport === 'quic' || transport === 'unix')
    sink.refuse(word, `forward does not speak ${transport}`, { releases: { from: '1.7.0' } });
  if (transport === 'https')
    sink.refuse(word, `forward does not speak https`, { releases: { from: '1.7.0', before: '1.14.5' } });
};

const forwarding =
  (checks: readonly ((word: Token, sink: Sink) => void)[]): Reading =>
  (reader, sink) => {
    const at = reader.token();
    if (!reader.nextArgument()) {
      sink.refuse(at, `${sink.place} does not say for which names, nor to which servers`);
      return;
    }
    const from = reader.token();
    if (!from.open && !isDomainName(withoutPort(from.text)))
      sink.refuse(from, `${quote(from.text)} is no zone`, { releases: { from: '1.9.1' } });
    const targets = reader.rest();
    if (targets.length === 0)
      sink.refuse(from, `${sink.place} ${quote(from.text)} does not say to which servers`);
    if (targets.length > MOST_TARGETS)
      sink.refuse(from, `${sink.place} takes at most ${MOST_TARGETS} servers, and has ${targets.length}`);
    for (const target of targets) for (const check of checks) check(target, sink);
  };

const withoutPort = (zone: string): string => zone.replace(/^[a-z0-9]+:\/\//, '').replace(/:-?\d+$/, '');

/** `health_check 0.5s [no_rec] [domain NAME]` */
const healthCheck: Reading = (reader, sink) => {
  one(DURATION_NOT_NEGATIVE)(reader, sink);
  while (reader.nextArgument()) {
    const word = reader.token();
    if (word.open) continue;
    if (word.text === 'domain') {
      if (!reader.nextArgument()) sink.refuse(word, 'domain of health_check takes one word, and has none');
      else checkWord(reader.token(), DOMAIN_NAME, sink);
      sink.refuse(word, 'health_check takes no domain', { releases: { before: '1.9.2' } });
    } else if (word.text !== 'no_rec')
      sink.refuse(word, `health_check takes no_rec or domain NAME, not ${quote(word.text)}`);
  }
};

export const forward: Grammar = {
  from: '1.0.6',
  once: { from: '1.1.0', before: '1.9.4' },
  line: forwarding([checkTarget, checkTransport]),
  block: {
    except: property(atLeast(1)),
    max_fails: property(one(unsigned(32))),
    max_connect_attempts: property(one(unsigned(32)), '1.13.2'),
    health_check: property(healthCheck),
    force_tcp: property(none),
    prefer_udp: property(none, '1.2.0'),
    tls: property(words(0, 3)),
    tls_servername: property(one()),
    expire: property(one(DURATION_NOT_NEGATIVE)),
    max_age: property(one(DURATION_NOT_NEGATIVE), '1.14.3'),
    max_idle_conns: property(one(NOT_NEGATIVE), '1.14.1'),
    read_timeout: property(one(DURATION_POSITIVE), '1.14.5'),
    doh_method: property(one(choice('POST', 'GET')), '1.14.5'),
    policy: property(one(choice('random', 'round_robin', 'sequential'))),
    max_concurrent: property(one(NOT_NEGATIVE), '1.6.8'),
    next: property(atLeast(1, CODE_OF_ANY_CASE), '1.11.4'),
    next_on_nodata: property(none, '1.14.4'),
    failfast_all_unhealthy_upstreams: property(none, '1.12.1'),
    failover: property(atLeast(1, CODE_OF_ANY_CASE), '1.13.0'),
    resolver: property(atLeast(1, ADDRESS_OR_WITH_PORT), '1.14.4'),
    source_address: property(one(ADDRESS), '1.14.6'),
  },
};

export const grpc: Grammar = {
  from: '1.5.0',
  once: {},
  line: forwarding([checkTarget]),
  block: {
    except: property(atLeast(1)),
    tls: property(words(0, 3)),
    tls_servername: property(one()),
    policy: property(one(choice('random', 'round_robin', 'sequential'))),
    fallthrough: property(anything, '1.12.3'),
  },
};
