/** Whom CoreDNS asks for what it does not know itself. */
import { type Oddity, oddityOf } from './address-kinds.ts';
import { propertyWords, stanzasOf, zoneOf } from './stanzas.ts';
import { readTarget, type Transport } from './targets.ts';
import type { Token } from './tokens.ts';
import type { Corefile, ServerBlock } from './tree.ts';

export type UpstreamTarget =
  /** `port`: undefined where it is not written as a number. */
  | {
      readonly kind: 'address';
      readonly ip: string;
      readonly port: number | undefined;
      readonly transport: Transport;
    }
  /** A file in the form of resolv.conf: its nameservers are asked. */
  | { readonly kind: 'resolv-file'; readonly path: string }
  /** Looked up when CoreDNS 1.14.4 or later starts. */
  | { readonly kind: 'name'; readonly name: string }
  /** A variable, a placeholder, or nothing that can be read. */
  | { readonly kind: 'unknown'; readonly text: string };

export type UpstreamPlugin = 'forward' | 'grpc' | 'proxy';

export interface Upstream {
  readonly plugin: UpstreamPlugin;
  readonly line: number;
  /** The server block that has it. */
  readonly block: ServerBlock;
  /** The keys of that block, as they are written. */
  readonly keys: readonly string[];
  /** The zone whose names go there, lower case with the dot at its end. undefined: not known here. */
  readonly from: string | undefined;
  /** Zones below it whose names do not. */
  readonly except: readonly string[];
  readonly to: UpstreamTarget;
  readonly suspicious?: Oddity | 'impossible-port';
}

const HIGHEST_PORT = 65_535;

const targetOf = ({ text, open }: Token): UpstreamTarget => {
  if (open) return { kind: 'unknown', text };
  const target = readTarget(text);
  switch (target.kind) {
    case 'address': {
      const { ip, port, transport } = target;
      return { kind: 'address', ip, port, transport };
    }
    case 'file':
      return { kind: 'resolv-file', path: target.path };
    case 'name':
      return target;
    case 'malformed':
    case 'nothing':
      return { kind: 'unknown', text };
  }
};

const suspicionOf = (to: UpstreamTarget): Upstream['suspicious'] => {
  if (to.kind !== 'address') return undefined;
  const impossible = to.port !== undefined && (to.port < 1 || to.port > HIGHEST_PORT);
  return oddityOf(to.ip) ?? (impossible ? 'impossible-port' : undefined);
};

/** Forwarders in the order in which CoreDNS asks them. */
const PLUGINS: readonly UpstreamPlugin[] = ['proxy', 'forward', 'grpc'];

export const upstreamsOfBlock = (block: ServerBlock): readonly Upstream[] => {
  const keys = block.keys.map(({ text }) => text);
  return PLUGINS.flatMap((plugin) =>
    stanzasOf(block, plugin).flatMap((stanza) => {
      const [from, ...targets] = stanza.words;
      const except = propertyWords(stanza, 'except').map(({ text }) => zoneOf(text));
      return targets.map((word): Upstream => {
        const to = targetOf(word);
        const suspicious = suspicionOf(to);
        return {
          plugin,
          line: word.line,
          block,
          keys,
          from: from === undefined || from.open ? undefined : zoneOf(from.text),
          except,
          to,
          ...(suspicious === undefined ? {} : { suspicious }),
        };
      });
    }),
  );
};

/** All targets of `forward`, `grpc` and the `proxy` of old, one by one. */
export const upstreamsOf = ({ blocks }: Corefile): readonly Upstream[] => blocks.flatMap(upstreamsOfBlock);
