/** The plugins of a Corefile that decide what is answered, chained as CoreDNS chains them. */
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  type DecodedPacket,
  type Packet,
  RECURSION_AVAILABLE,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import { blockFor, type Directive, isInZone, type ServerBlock } from './corefile.ts';
import { addressRecord, soa, toAnswer } from './dns-records.ts';
import { responseTo, type Transport } from './dns-server.ts';
import type { Forwarder } from './upstream.ts';
import { answerFromZone, reverseFromZone, type ZoneAnswer, type ZoneData } from './zone.ts';

export const RCODE = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const RCODES: Readonly<Record<string, number>> = RCODE;
const MAX_ALIASES = 8;

/** A Corefile in use. */
export interface ServerState {
  readonly blocks: readonly ServerBlock[];
  readonly forwarders: ReadonlyMap<Directive, Forwarder>;
  readonly zone: () => ZoneData;
  readonly log: (line: string) => void;
}
export interface Asked {
  readonly server: ServerState;
  readonly query: DecodedPacket;
  readonly transport: Transport;
  /** How many aliases led here. */
  readonly depth: number;
}

const ttlOf = (plugin: Directive) =>
  Number(plugin.properties.find(({ name }) => name === 'ttl')?.args[0] ?? 5);

/** CoreDNS answers cluster names with AA and without RA: hence BIND's "recursion not available". */
const fromCluster = async (
  asked: Asked,
  plugin: Directive,
  zone: string,
  found: ZoneAnswer,
): Promise<Packet> => {
  const { query, depth } = asked;
  const question = query.questions?.[0];
  const name = question?.name ?? '';
  const ttl = ttlOf(plugin);
  if (found.kind === 'no-such-name') {
    return { ...responseTo(query, RCODE.NXDOMAIN, AUTHORITATIVE_ANSWER), authorities: [soa(zone, ttl)] };
  }
  const response = responseTo(query, RCODE.NOERROR, AUTHORITATIVE_ANSWER);
  if (found.kind === 'alias') {
    const alias: Answer = { type: 'CNAME', name, ttl, data: found.target };
    if (question === undefined || question.type === 'CNAME' || depth >= MAX_ALIASES) {
      return { ...response, answers: [alias] };
    }
    const target = { ...query, questions: [{ ...question, name: found.target }] };
    const followed = await resolve({ ...asked, query: target, depth: depth + 1 });
    return { ...response, answers: [alias, ...(followed?.answers ?? [])] };
  }
  if (found.records.length === 0) return { ...response, authorities: [soa(zone, ttl)] };
  const extra = found.records.flatMap((record): Answer[] =>
    record.type === 'SRV'
      ? record.addresses.map((address) => addressRecord(record.target, ttl, address))
      : [],
  );
  return {
    ...response,
    answers: found.records.map((record) => toAnswer(name, ttl, record)),
    additionals: [...extra, ...(response.additionals ?? [])],
  };
};

const fromForwarder = async ({ server, query, transport }: Asked, plugin: Directive): Promise<Packet> => {
  const reply = await server.forwarders.get(plugin)?.(query, transport);
  if (reply === undefined) {
    const { name, type } = query.questions?.[0] ?? { name: '', type: '' };
    server.log(
      `[ERROR] plugin/errors: 2 ${name}. ${type}: read ${transport} ${plugin.args.slice(1).join(' ')}: i/o timeout`,
    );
    return responseTo(query, RCODE.SERVFAIL, RECURSION_AVAILABLE);
  }
  const rcode = (reply.flags ?? 0) & 0xf;
  const truncated = (reply.flags ?? 0) & TRUNCATED_RESPONSE;
  return {
    ...responseTo(query, rcode, RECURSION_AVAILABLE | truncated),
    answers: reply.answers ?? [],
    authorities: reply.authorities ?? [],
  };
};

const fromHosts = (query: DecodedPacket, plugin: Directive): Packet | undefined => {
  const { name = '', type } = query.questions?.[0] ?? {};
  const lines = plugin.properties.filter(({ args }) => args.includes(name.toLowerCase()));
  if (lines.length === 0) return undefined;
  const answers = lines
    .map((line) => addressRecord(name, 3600, line.name))
    .filter((record) => record.type === type);
  return { ...responseTo(query, RCODE.NOERROR, AUTHORITATIVE_ANSWER), answers };
};

/** One plugin's answer; undefined hands the query to the next one. */
const askPlugin = async (asked: Asked, plugin: Directive): Promise<Packet | undefined> => {
  const { server, query } = asked;
  const question = query.questions?.[0];
  const name = (question?.name ?? '').toLowerCase().replace(/\.$/, '');
  switch (plugin.name) {
    case 'kubernetes': {
      const zone = plugin.args.find((candidate) => isInZone(name, candidate) && !candidate.endsWith('.arpa'));
      if (zone !== undefined) {
        const found = answerFromZone(server.zone(), zone, name, question?.type ?? 'A');
        return fromCluster(asked, plugin, zone, found);
      }
      const cluster = plugin.args.find((candidate) => !candidate.endsWith('.arpa')) ?? 'cluster.local';
      const arpa = plugin.args.find((candidate) => candidate.endsWith('.arpa') && isInZone(name, candidate));
      if (arpa === undefined || question?.type !== 'PTR') return undefined;
      const found = reverseFromZone(server.zone(), cluster, name);
      return found === undefined ? undefined : fromCluster(asked, plugin, arpa, found);
    }
    case 'hosts':
      return fromHosts(query, plugin);
    case 'template': {
      const rcode = plugin.properties.find((property) => property.name === 'rcode')?.args[0] ?? 'NOERROR';
      const zones = plugin.args.slice(2).map((zone) => zone.replace(/\.$/, ''));
      if (zones.length > 0 && !zones.some((zone) => isInZone(name, zone))) return undefined;
      return responseTo(query, RCODES[rcode] ?? RCODE.SERVFAIL, AUTHORITATIVE_ANSWER);
    }
    case 'forward': {
      const from = (plugin.args[0] ?? '.').replace(/\.$/, '');
      return isInZone(name, from) ? fromForwarder(asked, plugin) : undefined;
    }
    default:
      return undefined;
  }
};

/** Plugins in the order in which CoreDNS chains them, whatever their order in the file. */
const CHAIN = ['template', 'hosts', 'kubernetes', 'forward'];

/** What a healthy server answers. */
export const resolve = async (asked: Asked): Promise<Packet> => {
  const { server, query } = asked;
  const name = (query.questions?.[0]?.name ?? '').toLowerCase().replace(/\.$/, '');
  const block = blockFor(server.blocks, name);
  for (const kind of block === undefined ? [] : CHAIN) {
    for (const plugin of block?.plugins ?? []) {
      const answer = plugin.name === kind ? await askPlugin(asked, plugin) : undefined;
      if (answer !== undefined) return answer;
    }
  }
  // No server block, or no plugin, for this name.
  return responseTo(query, block === undefined ? RCODE.REFUSED : RCODE.SERVFAIL, 0);
};
