/**
 * The forward plugin: asks the upstreams in turn, 2 s each, for at most 5 s; then the client gets SERVFAIL. An upstream that
 * failed twice in a row counts as down, and is then tried once a query. Source: coredns/plugin/forward/forward.go.
 */
import { createSocket } from 'node:dgram';
import { createConnection, isIPv6 } from 'node:net';
import { type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { Transport } from './dns-server.ts';

const READ_TIMEOUT_MS = 2000;
const DEADLINE_MS = 5000;
const MAX_FAILS = 2;

const overUdp = (host: string, port: number, bytes: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const finish = (done: () => void) => {
      clearTimeout(timer);
      socket.close();
      done();
    };
    const timer = setTimeout(() => finish(() => reject(new Error('i/o timeout'))), READ_TIMEOUT_MS);
    socket.on('message', (reply) => finish(() => resolve(reply)));
    // A connected socket hears the ICMP error of a closed port.
    socket.on('error', (error) => finish(() => reject(error)));
    socket.connect(port, host, () => socket.send(bytes));
  });

const overTcp = (host: string, port: number, bytes: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    let received = Buffer.alloc(0);
    socket.setTimeout(READ_TIMEOUT_MS, () => socket.destroy(new Error('i/o timeout')));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      socket.end();
      resolve(received.subarray(2, 2 + received.readUInt16BE(0)));
    });
    socket.once('connect', () => {
      const head = Buffer.alloc(2);
      head.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([head, bytes]));
    });
  });

export type Forwarder = (query: DecodedPacket, transport: Transport) => Promise<DecodedPacket | undefined>;

/** `10.0.0.1`, `10.0.0.1:5353`, `fd00::1`, `[fd00::1]:5353`. */
const splitPort = (upstream: string): { readonly host: string; readonly port: number } => {
  const withPort = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[^:]+))(?::(?<port>\d+))?$/.exec(upstream)?.groups;
  const host = withPort?.v6 ?? withPort?.v4 ?? upstream;
  return { host, port: Number(withPort?.port ?? 53) };
};

/** `upstreams`: addresses, with a port where it is not 53. Resolves with undefined when none answered. */
export const createForwarder = (upstreams: readonly string[]): Forwarder => {
  const fails = new Map<string, number>();
  let turn = 0;
  return async (query, transport) => {
    const deadline = Date.now() + DEADLINE_MS;
    const bytes = encode({
      type: 'query',
      id: query.id ?? 0,
      flags: RECURSION_DESIRED,
      questions: query.questions ?? [],
      additionals: query.additionals ?? [],
    });
    for (let tried = 0; Date.now() < deadline; tried += 1) {
      const upstream = upstreams[(turn + tried) % upstreams.length];
      if (upstream === undefined) return undefined;
      const { host, port } = splitPort(upstream);
      const down = (fails.get(upstream) ?? 0) >= MAX_FAILS;
      try {
        const reply = decode(await (transport === 'udp' ? overUdp : overTcp)(host, port, bytes));
        fails.delete(upstream);
        turn += tried;
        return reply;
      } catch {
        fails.set(upstream, (fails.get(upstream) ?? 0) + 1);
        if (down && tried + 1 >= upstreams.length) return undefined;
      }
    }
    return undefined;
  };
};
