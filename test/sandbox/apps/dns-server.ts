/** A DNS server's transport: UDP and TCP on one address, cutting long answers over UDP as RFC 1035 asks. */
import { createSocket, type Socket } from 'node:dgram';
import { createServer, isIPv6, type Server } from 'node:net';
import { type DecodedPacket, decode, encode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';

export type Transport = 'udp' | 'tcp';
/** `undefined`: no answer at all. */
export type Answerer = (query: DecodedPacket, transport: Transport) => Promise<Packet | undefined>;

export interface DnsServer {
  readonly close: () => Promise<void>;
}

const PLAIN_UDP_BYTES = 512;

/** The response's head: the query's id, question and EDNS, and the four bits of the rcode. */
export const responseTo = (query: DecodedPacket, rcode: number, flags: number): Packet => {
  const edns = query.additionals?.find((record) => record.type === 'OPT');
  return {
    type: 'response',
    id: query.id ?? 0,
    // RD is copied from the query (RFC 1035, 4.1.1); the rcode is in the low bits of the flags.
    flags: ((query.flags ?? 0) & 0x0100) | flags | rcode,
    questions: query.questions ?? [],
    answers: [],
    authorities: [],
    additionals:
      edns === undefined
        ? []
        : [
            {
              type: 'OPT',
              name: '.',
              udpPayloadSize: 1232,
              extendedRcode: 0,
              ednsVersion: 0,
              flags: 0,
              flag_do: false,
              options: [],
            },
          ],
  };
};

const udpLimit = (query: DecodedPacket): number => {
  const edns = query.additionals?.find((record) => record.type === 'OPT');
  return edns?.type === 'OPT' ? Math.max(PLAIN_UDP_BYTES, edns.udpPayloadSize) : PLAIN_UDP_BYTES;
};

const answerBytes = async (bytes: Buffer, transport: Transport, answerer: Answerer) => {
  const query = decode(bytes);
  if (query.type !== 'query') return undefined;
  const response = await answerer(query, transport);
  if (response === undefined) return undefined;
  const whole = encode(response);
  if (transport === 'tcp' || whole.length <= udpLimit(query)) return whole;
  return encode({
    ...response,
    flags: (response.flags ?? 0) | TRUNCATED_RESPONSE,
    answers: [],
    authorities: [],
  });
};

const bindUdp = (
  family: 'udp4' | 'udp6',
  host: string | undefined,
  port: number,
  answerer: Answerer,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(family);
    socket.on('message', (bytes, from) => {
      answerBytes(bytes, 'udp', answerer).then(
        (reply) => {
          if (reply !== undefined) socket.send(reply, from.port, from.address, () => undefined);
        },
        // Not a DNS message: a real server stays silent too.
        () => undefined,
      );
    });
    socket.once('error', reject);
    socket.bind(port, host, () => resolve(socket));
  });

/** Every address of both families where none is given; of IPv4 on a kernel that has no other. */
const listenUdp = async (host: string | undefined, port: number, answerer: Answerer): Promise<Socket> => {
  if (host !== undefined) return bindUdp(isIPv6(host) ? 'udp6' : 'udp4', host, port, answerer);
  return bindUdp('udp6', host, port, answerer).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw error;
    return bindUdp('udp4', host, port, answerer);
  });
};

const listenTcp = (host: string | undefined, port: number, answerer: Answerer): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      let received = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk]);
        while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
          const length = received.readUInt16BE(0);
          const message = received.subarray(2, 2 + length);
          received = received.subarray(2 + length);
          answerBytes(message, 'tcp', answerer).then(
            (reply) => {
              if (reply === undefined || socket.destroyed) return;
              const head = Buffer.alloc(2);
              head.writeUInt16BE(reply.length);
              socket.write(Buffer.concat([head, reply]));
            },
            () => socket.destroy(),
          );
        }
      });
    });
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });

/** Listens on both transports; on every address where none is given. Throws when the port is taken. */
export const startDnsServer = async (
  host: string | undefined,
  port: number,
  answerer: Answerer,
): Promise<DnsServer> => {
  const [udp, tcp] = await Promise.all([listenUdp(host, port, answerer), listenTcp(host, port, answerer)]);
  return {
    close: async () => {
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
};
