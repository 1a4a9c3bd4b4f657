/** Who answers a name inside of its server block: the zones of kubernetes, then what it is forwarded to. */
import { isInZone, normalName } from './dns-words.ts';
import { plugins } from './plugins/index.ts';
import type { Answering, Servers } from './servers.ts';
import { kubernetesZonesOf } from './stanzas.ts';
import type { ServerBlock } from './tree.ts';
import type { Upstream } from './upstreams.ts';

export type Answerer =
  | { readonly kind: 'kubernetes'; readonly line: number; readonly zone: string }
  /** All targets of one directive. */
  | { readonly kind: 'upstreams'; readonly line: number; readonly upstreams: readonly Upstream[] }
  /** None of these; perhaps one of `mayAnswer`. */
  | { readonly kind: 'nobody' };

export interface NameAnswered extends Answering {
  readonly by: Answerer;
  /** Plugins of the block that come before, and may answer the name or turn it into another. */
  readonly mayAnswer: readonly string[];
}

/** Those that neither answer nor change a name. */
const BYSTANDERS = new Set(
  `any autopath bind bufsize cache cancel chaos debug dns64 dnssec dnstap errors forward geoip grpc grpc_server header health https https3
   kubernetes loadbalance local log loop metadata minimal multisocket nsid ocp_dnsnameresolver on pprof prometheus proxy proxyproto quic
   ready reload root shed shutdown sign startup timeouts tls trace transfer tsig view`.split(/\s+/),
);

/** The first directive whose zone the name is in, and not excepted. */
export const forwarderOf = (upstreams: readonly Upstream[], name: string): readonly Upstream[] => {
  const first = upstreams.find(
    ({ from, except }) =>
      from !== undefined && isInZone(name, from) && !except.some((zone) => isInZone(name, zone)),
  );
  if (first === undefined) return [];
  // Each directive has an `except` of its own, be it empty.
  const { except } = first;
  return upstreams.filter((other) => other.except === except);
};

/** Plugins that may answer names of that block in place of kubernetes and forward, or turn them into others. */
export const mayAnswer = ({ directives }: ServerBlock): readonly string[] =>
  [...new Set(directives.map(({ name }) => name))].filter(
    (plugin) => !plugins.has(plugin) || !BYSTANDERS.has(plugin),
  );

/** Of these, such as cannot take the place of a whole zone. */
const FOR_FEW_NAMES = new Set(['acl', 'hosts', 'k8s_external']);
export const mayAnswerAll = (block: ServerBlock): boolean =>
  mayAnswer(block).some((plugin) => !FOR_FEW_NAMES.has(plugin));

/** undefined: no server block that is seen serves the name at that port. */
export const answererOf = (servers: Servers, name: string, port: number): NameAnswered | undefined => {
  const answering = servers.answering(name, port);
  if (answering === undefined) return undefined;
  const { block, keys, upstreams: all } = answering.server;
  const wanted = normalName(name);
  const kubernetes = kubernetesZonesOf(block, keys);
  const zone = kubernetes?.zones.find((each) => isInZone(wanted, each));
  const upstreams = forwarderOf(all, wanted);
  const [first] = upstreams;
  const by: Answerer =
    kubernetes !== undefined && zone !== undefined
      ? { kind: 'kubernetes', line: kubernetes.line, zone }
      : first === undefined
        ? { kind: 'nobody' }
        : { kind: 'upstreams', line: first.line, upstreams };
  return { ...answering, by, mayAnswer: mayAnswer(block) };
};
