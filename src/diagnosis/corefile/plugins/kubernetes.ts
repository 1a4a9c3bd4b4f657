/** kubernetes, and those that stand beside it: k8s_external, autopath. */
import { normalName } from '../dns-words.ts';
import { checkWord, type Grammar, type Reading, takeRest } from '../grammar.ts';
import { anything, atLeast, exactly, first, none, nothing, property, until, words } from '../readings.ts';
import type { Token } from '../tokens.ts';
import { between, choice, DURATION, NOT_NEGATIVE, type WordKind } from '../words.ts';

const TTL = between(0, 3600);

const isReverse = (zone: string): boolean => /\.(?:in-addr|ip6)\.arpa\.$/.test(normalName(zone));

/** The zones; without any, those of the server block. */
const line: Reading = (reader, sink) => {
  const at = reader.token();
  const zones = reader.rest();
  if (zones.length > 0 && zones.every(({ text, open }) => !open && (isReverse(text) || text.includes('/'))))
    sink.refuse(at, 'kubernetes needs a zone that is not a reverse one, such as cluster.local');
};

const RATE: WordKind = {
  expects: 'a number, not negative',
  accepts: (word) => /^\+?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(word),
};

const ignore: Reading = (reader, sink) => {
  const [word] = reader.rest();
  if (word !== undefined) checkWord(word, choice('empty_service'), sink);
};

/** `kubeconfig FILE [CONTEXT]`; the context could not be left out before 1.8.2. */
const kubeconfig: Reading = (reader, sink) => {
  const at = reader.token();
  if (takeRest(reader, sink, 1, 2).length === 1)
    sink.refuse(at, 'kubeconfig takes two words, and has one', { releases: { before: '1.8.2' } });
};

const bothGiven = (properties: readonly Token[]): boolean =>
  ['namespaces', 'namespace_labels'].every((name) => properties.some(({ text }) => text === name));

export const kubernetes: Grammar = {
  once: { from: '1.1.0' },
  line,
  block: {
    endpoint_pod_names: property(none),
    pods: property(exactly(1, choice('disabled', 'insecure', 'verified'))),
    namespaces: property(atLeast(1)),
    namespace_labels: property(atLeast(1), '1.5.0'),
    labels: property(atLeast(1)),
    endpoint: property(atLeast(1)),
    tls: property(exactly(3)),
    kubeconfig: property(kubeconfig, '1.2.3'),
    fallthrough: property(anything),
    ttl: property(first(1, TTL)),
    noendpoints: property(none, '1.0.6'),
    ignore: property(ignore, '1.1.3'),
    multicluster: property(anything, '1.12.2'),
    startup_timeout: property(first(1, DURATION), '1.12.3'),
    apiserver_qps: property(exactly(1, RATE), '1.14.0'),
    apiserver_burst: property(exactly(1, NOT_NEGATIVE), '1.14.0'),
    apiserver_max_inflight: property(exactly(1, NOT_NEGATIVE), '1.14.0'),
    zonal: property(none, '1.14.7'),
    resyncperiod: until('1.7.0'),
    upstream: until('1.7.0'),
    transfer: property(anything, '1.0.6', '1.8.0'),
  },
  whole: (properties, at, sink) => {
    if (bothGiven(properties))
      sink.refuse(at, 'kubernetes takes either namespaces or namespace_labels, not both');
  },
};

export const k8sExternal: Grammar = {
  from: '1.3.0',
  line: anything,
  block: {
    ttl: property(first(1, TTL)),
    apex: property(atLeast(1)),
    headless: property(nothing, '1.9.4'),
    fallthrough: property(anything, '1.11.0'),
  },
};

/** `autopath [ZONES…] @kubernetes`, or a file in the form of resolv.conf, which may not be there. */
export const autopath: Grammar = { line: words(1, Infinity) };

/** OpenShift's build has it, for the policies of egress firewalls. */
export const ocpDnsNameResolver: Grammar = {
  custom: true,
  once: {},
  line: none,
  block: {
    namespaces: property(atLeast(1)),
    minTTL: property(exactly(1, between(1, 2_147_483_647))),
    failureThreshold: property(exactly(1, between(1, 2_147_483_647))),
  },
};
