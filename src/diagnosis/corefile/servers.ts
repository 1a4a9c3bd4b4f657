/** Which server block answers for a name: that with the longest zone that the name is in, of those that listen at the port. */
import { normalName } from './dns-words.ts';
import { type Key, readKey } from './keys.ts';
import { has } from './stanzas.ts';
import type { Corefile, ServerBlock } from './tree.ts';

export interface Server {
  readonly block: ServerBlock;
  readonly keys: readonly Key[];
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
  /** Files or keys that are not known here may bring further zones and ports. */
  readonly open: boolean;
}

const keysOf = (block: ServerBlock): readonly Key[] =>
  block.keys.flatMap((token) => {
    const read = readKey(token);
    return read.kind === 'key' ? [read.key] : [];
  });

/** The name, and all zones that it is in, the longest first. */
const suffixesOf = (name: string): readonly string[] => {
  const labels = normalName(name).split('.').slice(0, -1);
  return [...labels.map((_, index) => `${labels.slice(index).join('.')}.`), '.'];
};

/** `defaultPort`: of keys without a port; 53 unless CoreDNS has another in its flag `-dns.port`. */
export const serversOf = ({ blocks, imports }: Corefile, defaultPort = 53): Servers => {
  const all = blocks.map((block) => ({ block, keys: keysOf(block) }));
  const byZone = new Map<string, Server[]>();
  const ports = new Set<number>();
  for (const server of all)
    for (const { transport, port = defaultPort, zones } of server.keys) {
      if (transport !== 'dns') continue;
      ports.add(port);
      for (const zone of zones) {
        const place = `${port} ${zone}`;
        byZone.set(place, [...(byZone.get(place)?.slice(0, 1) ?? []), server]);
      }
    }
  const open = imports.length > 0 || blocks.some((block) => block.keys.some((key) => key.open));
  return {
    all,
    ports,
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
