/** Which server block answers for a name: that with the longest zone that the name is in, of those that listen at the port. */
import { normalName } from './dns-words.ts';
import { type Key, readKey } from './keys.ts';
import { boundOf, has } from './stanzas.ts';
import type { Corefile, ServerBlock } from './tree.ts';
import { type Upstream, upstreamsOfBlock } from './upstreams.ts';

export interface Server {
  readonly block: ServerBlock;
  readonly keys: readonly Key[];
  readonly upstreams: readonly Upstream[];
}

export interface Answering {
  readonly server: Server;
  /** The zone of it that the name is in. */
  readonly zone: string;
  /** false: another block may answer instead; one of a file that is not seen, one that listens elsewhere, or one for other clients. */
  readonly certain: boolean;
}

export interface Servers {
  readonly all: readonly Server[];
  /** Of plain DNS. undefined: no block that is seen here. */
  readonly answering: (name: string, port: number) => Answering | undefined;
  /** Ports at which blocks serve plain DNS. */
  readonly ports: ReadonlySet<number>;
  /** Whether any block serves plain DNS at that address, as far as it is known where it listens. */
  readonly listensAt: (ip: string, port: number) => boolean;
  /** Files or keys that are not known here may bring further zones and ports. */
  readonly open: boolean;
}

const keysOf = (block: ServerBlock): readonly Key[] =>
  block.keys.flatMap((token) => {
    const read = readKey(token);
    return read.kind === 'key' ? [read.key] : [];
  });

const EVERYWHERE = ['0.0.0.0', '::'];

/** The name, and all zones that it is in, the longest first. */
const suffixesOf = (name: string): readonly string[] => {
  const labels = normalName(name).split('.').slice(0, -1);
  return [...labels.map((_, index) => `${labels.slice(index).join('.')}.`), '.'];
};

/** `defaultPort`: of keys without a port; 53 unless CoreDNS has another in its flag `-dns.port`. */
export const serversOf = ({ blocks, imports }: Corefile, defaultPort = 53): Servers => {
  const all = blocks.map((block) => ({ block, keys: keysOf(block), upstreams: upstreamsOfBlock(block) }));
  const byZone = new Map<string, Server[]>();
  const ports = new Set<number>();
  const listening = new Set<string>();
  for (const server of all) {
    const { addresses } = boundOf(server.block) ?? { addresses: EVERYWHERE };
    for (const { transport, port = defaultPort, zones } of server.keys) {
      if (transport !== 'dns') continue;
      ports.add(port);
      for (const address of addresses) listening.add(`${address} ${port}`);
      for (const zone of zones) {
        const place = `${port} ${zone}`;
        byZone.set(place, [...(byZone.get(place)?.slice(0, 1) ?? []), server]);
      }
    }
  }
  const open = imports.length > 0 || blocks.some((block) => block.keys.some((key) => key.open));
  return {
    all,
    ports,
    listensAt: (ip, port) => [ip, ...EVERYWHERE].some((address) => listening.has(`${address} ${port}`)),
    open,
    answering: (name, port) => {
      for (const zone of suffixesOf(name)) {
        const [server, other] = byZone.get(`${port} ${zone}`) ?? [];
        if (server === undefined) continue;
        const certain = !open && other === undefined && !has(server.block, 'view');
        return { server, zone, certain };
      }
      return undefined;
    },
  };
};
