/**
 * The app of a CoreDNS pod: a real DNS server on port 53, configured by a Corefile, fed with the cluster's Services over IPC
 * (the real one watches the API server; like it, this one goes on answering when that is cut off).
 */
import { createServer } from 'node:http';
import { type DecodedPacket, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';
import { CorefileError, type Directive, parseCorefile } from './corefile.ts';
import { type DnsServer, responseTo, startDnsServer, type Transport } from './dns-server.ts';
import { milliseconds } from './flags.ts';
import { RCODE, resolve, type ServerState } from './plugins.ts';
import { createForwarder } from './upstream.ts';
import type { ZoneData } from './zone.ts';

/** What the node sends: at the start, and again whenever a part of it changes. */
export interface CoreDnsInput {
  /** Said back as `{ applied: version }` once it is in use. */
  readonly version: number;
  readonly corefile: string;
  readonly zone: ZoneData;
  /** Nameservers of the pod's own resolv.conf. */
  readonly nameservers: readonly string[];
  /** `ok`, `silent`, `refuse`, `servfail`, `refused`, `truncate`, `slow=DURATION`: a fault of the server itself. */
  readonly mode: string;
}

const log = (line: string) => process.stdout.write(`${line}\n`);

let input: CoreDnsInput = {
  version: 0,
  corefile: '',
  zone: { namespaces: [], services: [] },
  nameservers: [],
  mode: 'ok',
};
let state: ServerState = { blocks: [], forwarders: new Map(), zone: () => input.zone, log };
let server: DnsServer | undefined;

const answer = async (query: DecodedPacket, transport: Transport): Promise<Packet | undefined> => {
  const { mode } = input;
  if (mode === 'silent') return undefined;
  if (mode === 'servfail') return responseTo(query, RCODE.SERVFAIL, 0);
  if (mode === 'refused') return responseTo(query, RCODE.REFUSED, 0);
  if (mode === 'truncate' && transport === 'udp') return responseTo(query, RCODE.NOERROR, TRUNCATED_RESPONSE);
  if (mode.startsWith('slow=')) {
    await new Promise((done) => setTimeout(done, milliseconds(mode.slice('slow='.length))));
  }
  return resolve({ server: state, query, transport, depth: 0 });
};

const upstreamsOf = (plugin: Directive): readonly string[] =>
  plugin.args.slice(1).flatMap((target) => {
    if (target.startsWith('/')) return input.nameservers;
    return [target.replace(/^(dns|tls):\/\//, '')];
  });

/** Takes a Corefile into use; throws CorefileError and leaves the old one in use when it is refused. */
const load = () => {
  const blocks = parseCorefile(input.corefile);
  const forwards = blocks.flatMap(({ plugins }) => plugins).filter(({ name }) => name === 'forward');
  const forwarders = new Map(forwards.map((plugin) => [plugin, createForwarder(upstreamsOf(plugin))]));
  state = { blocks, forwarders, zone: () => input.zone, log };
};

const listen = async () => {
  if (input.mode === 'refuse') {
    await server?.close();
    server = undefined;
  } else {
    server ??= await startDnsServer(undefined, state.blocks[0]?.port ?? 53, answer);
  }
};

const begin = async () => {
  try {
    load();
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    process.stderr.write(`${error.message}\n`, () => process.exit(1));
    return;
  }
  const ready = createServer((_request, response) => response.end('OK'));
  ready.listen(8181);
  await listen();
  for (const { zones, port } of state.blocks) for (const zone of zones) log(`${zone}.:${port}`);
  log('CoreDNS-1.12.0');
  process.send?.({ listening: true });
};

let begun = false;
let working: Promise<void> = Promise.resolve();
const take = async (next: CoreDnsInput) => {
  const reload = begun && next.corefile !== input.corefile;
  input = next;
  if (!begun) {
    begun = true;
    await begin();
    return;
  }
  if (reload) {
    try {
      load();
      log('[INFO] Reloading complete');
    } catch (error) {
      // The reload plugin goes on with the old one: the time bomb of a bad Corefile.
      log(`[ERROR] Restart failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await listen();
};
// One after the other: closing and opening the port must not overlap.
process.on('message', (message: CoreDnsInput) => {
  const taken = () => process.send?.({ applied: message.version });
  working = working
    .then(() => take(message))
    .then(taken)
    .then(() => undefined)
    .catch((error) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`, () =>
        process.exit(1),
      );
    });
});
process.on('SIGTERM', () => process.exit(0));
