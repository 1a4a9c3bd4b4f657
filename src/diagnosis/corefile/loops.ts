/** Upstreams that lead back to the CoreDNS that asks them. */
import { oddityOf } from './address-kinds.ts';
import { forwarderOf, mayAnswerAll } from './answerer.ts';
import { isInZone } from './dns-words.ts';
import type { CorefileProblem, Surroundings } from './problem.ts';
import { brief } from './quote.ts';
import type { Server, Servers } from './servers.ts';
import { has } from './stanzas.ts';
import type { Upstream } from './upstreams.ts';

/** Below any zone; nobody has it. */
const ANY_LABEL = 'no-such-name-of-netcheck';
const HOPS = 16;
/** Zones and upstreams of a block that are followed: a real one has but a few. */
const MOST_TRIED = 32;
const DNS_PORT = 53;

interface Way {
  readonly port: number;
  readonly certain: boolean;
}

/** The port at which it comes back to these pods. undefined: it does not. */
const wayBack = (
  ip: string,
  port: number,
  servers: Servers,
  { serviceAddresses = [], podAddresses = [], hostNetwork, port: own }: Surroundings,
): Way | undefined => {
  if (podAddresses.includes(ip)) return { port, certain: true };
  if (serviceAddresses.includes(ip) && port === DNS_PORT) return { port: own ?? DNS_PORT, certain: true };
  const oddity = oddityOf(ip);
  const here = oddity === 'loopback' || oddity === 'unspecified';
  return here && servers.listensAt(ip, port) ? { port, certain: !hostNetwork } : undefined;
};

const waysOf = (upstream: Upstream, servers: Servers, around: Surroundings): readonly Way[] => {
  const { to } = upstream;
  const addresses =
    to.kind === 'address' && to.transport === 'dns'
      ? [{ ip: to.ip, port: to.port }]
      : to.kind === 'resolv-file' && to.path === '/etc/resolv.conf'
        ? (around.resolvers ?? []).map((ip) => ({ ip, port: DNS_PORT }))
        : [];
  return addresses.flatMap(({ ip, port }) => {
    const way = port === undefined ? undefined : wayBack(ip, port, servers, around);
    return way === undefined ? [] : [way];
  });
};

/** The deeper of two zones, if one is in the other. */
const common = (a: string, b: string): string | undefined =>
  isInZone(a, b) ? a : isInZone(b, a) ? b : undefined;

/** Whether a question for `name` comes back to `start`, when `upstreams` are asked; and whether that is sure. */
const comesBack = (
  start: Server,
  upstreams: readonly Upstream[],
  name: string,
  servers: Servers,
  around: Surroundings,
): boolean | undefined => {
  const [line] = upstreams;
  let asked = upstreams;
  let certain = true;
  for (let hop = 0; hop < HOPS; hop += 1) {
    const [way] = asked.flatMap((upstream) => waysOf(upstream, servers, around));
    const answering = way === undefined ? undefined : servers.answering(name, way.port);
    if (way === undefined || answering === undefined) return undefined;
    certain &&= way.certain && answering.certain;
    asked = forwarderOf(answering.server.upstreams, name);
    if (answering.server === start && asked[0]?.line === line?.line) return certain;
  }
  return undefined;
};

const inBrackets = (ip: string): string => (ip.includes(':') ? `[${ip}]` : ip);
const inWords = ({ to }: Upstream): string => {
  if (to.kind === 'resolv-file') return `the nameservers in ${brief(to.path)}`;
  if (to.kind !== 'address') return brief(to.kind === 'name' ? to.name : to.text);
  return to.port === DNS_PORT ? to.ip : `${inBrackets(to.ip)}:${to.port}`;
};

const loopOf = (server: Server, servers: Servers, around: Surroundings): CorefileProblem | undefined => {
  const { block, keys, upstreams } = server;
  const back = upstreams.filter((upstream) => waysOf(upstream, servers, around).length > 0);
  const zones = keys.flatMap((key) => key.zones.slice(0, 1));
  for (const upstream of back.slice(0, MOST_TRIED))
    for (const zone of zones.slice(0, MOST_TRIED)) {
      const deeper = upstream.from === undefined ? undefined : common(zone, upstream.from);
      if (deeper === undefined) continue;
      const name = deeper === '.' ? `${ANY_LABEL}.` : `${ANY_LABEL}.${deeper}`;
      const certain = comesBack(server, forwarderOf(upstreams, name), name, servers, around);
      if (certain === undefined) continue;
      const watched = has(block, 'loop') && upstream.from !== undefined && isInZone(zone, upstream.from);
      return {
        kind: 'loop',
        line: upstream.line,
        plugin: upstream.plugin,
        text: `${upstream.plugin} sends questions to ${inWords(upstream)}, from where they come back to this CoreDNS; ${
          watched ? 'its plugin loop stops it when it sees that' : 'they go round until they time out'
        }`,
        effect: watched ? 'halts' : 'fails-names',
        certain: certain && !mayAnswerAll(block),
      };
    }
  return undefined;
};

/** One for each server block that has any. */
export const loopsOf = (servers: Servers, around: Surroundings): readonly CorefileProblem[] =>
  servers.all.flatMap((server) => loopOf(server, servers, around) ?? []);
