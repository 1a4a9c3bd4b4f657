/** The nameservers of the recorded world, and the names that they know. */
import { createSocket } from 'node:dgram';
import { createServer as createTcpServer } from 'node:net';
import dnsPacket from 'dns-packet';

export const HOST = '203.0.113.10';
export const later = (ms: number, what: () => void): void => void setTimeout(what, ms);

interface Zone {
  readonly [name: string]: {
    readonly a?: readonly string[];
    readonly aaaa?: readonly string[];
    readonly cname?: string;
    readonly aaaaCode?: string;
    readonly delayMs?: number;
    readonly truncated?: boolean;
  };
}
const many = Array.from({ length: 60 }, (_, index) => `203.0.113.${index + 1}`);
const ZONE: Zone = {
  'www.example.com': { a: [HOST], aaaa: ['2001:db8:5::10'] },
  'four.example.com': { a: [HOST] },
  'six.example.com': { aaaa: ['2001:db8:5::10'] },
  'alias.example.com': { cname: 'www.example.com' },
  'empty.example.com': {},
  'slow.example.com': { a: [HOST], aaaa: [], delayMs: 1500 },
  'late.example.com': { a: [HOST], aaaa: [], delayMs: 4000 },
  'half.example.com': { a: [HOST], aaaaCode: 'SERVFAIL' },
  'halfrefused.example.com': { a: [HOST], aaaaCode: 'REFUSED' },
  'halfsilent.example.com': { a: [HOST], aaaaCode: 'SILENT' },
  'halfmissing.example.com': { a: [HOST], aaaaCode: 'NXDOMAIN' },
  'big.example.com': { a: many, truncated: true },
  'notimp.example.com': { a: [HOST], aaaaCode: 'NOTIMP' },
  'dead.example.com': { a: ['198.51.100.1'], aaaa: ['2001:db8:101::1'] },
  'mixed.example.com': { a: [HOST], aaaa: ['2001:db8:101::1'] },
  'kubernetes.default.svc.cluster.local': { a: ['10.96.0.1'] },
  'web.shop.svc.cluster.local': { a: ['203.0.113.10'] },
};

type Answer = (
  query: ReturnType<typeof dnsPacket.decode>,
  tcp: boolean,
) => { readonly delayMs: number; readonly bytes: Buffer } | undefined;

const RCODES: { readonly [name: string]: number } = { SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };

export const answerWith =
  (options: { always?: string; flags: number }): Answer =>
  (query, tcp) => {
    const question = query.questions?.[0];
    const name = question?.name.toLowerCase() ?? '';
    const entry = ZONE[name];
    const reply = (code: number, flags: number, answers: dnsPacket.Answer[], delayMs = 0) => ({
      delayMs,
      bytes: dnsPacket.encode({
        type: 'response',
        id: query.id ?? 0,
        flags: options.flags | flags | code,
        questions: query.questions ?? [],
        answers,
      }),
    });
    if (options.always !== undefined) return reply(RCODES[options.always] ?? 2, 0, []);
    if (entry === undefined) return reply(3, 0, []);
    if (question?.type === 'AAAA' && entry.aaaaCode === 'SILENT') return undefined;
    if (question?.type === 'AAAA' && entry.aaaaCode !== undefined)
      return reply(RCODES[entry.aaaaCode] ?? 2, 0, []);
    const target = entry.cname;
    const owner = target ?? name;
    const data = ZONE[owner] ?? entry;
    const type = question?.type === 'AAAA' ? 'AAAA' : 'A';
    const addresses = (type === 'AAAA' ? data.aaaa : data.a) ?? [];
    if (entry.truncated === true && !tcp && addresses.length > 0)
      return reply(0, dnsPacket.TRUNCATED_RESPONSE, []);
    return reply(
      0,
      0,
      [
        ...(target === undefined ? [] : [{ type: 'CNAME', name, ttl: 5, data: target } as const]),
        ...addresses.map((address) => ({ type, name: owner, ttl: 5, data: address }) as const),
      ],
      entry.delayMs ?? 0,
    );
  };

export const serveDns = (address: string, answer: Answer, withTcp = true): Promise<void> =>
  new Promise((resolve) => {
    const udp = createSocket('udp4');
    udp.on('message', (message, peer) => {
      const reply = answer(dnsPacket.decode(message), false);
      if (reply !== undefined) later(reply.delayMs, () => udp.send(reply.bytes, peer.port, peer.address));
    });
    if (withTcp) {
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', (message) => {
          const reply = answer(dnsPacket.decode(message.subarray(2)), true);
          if (reply === undefined) return;
          const length = Buffer.alloc(2);
          length.writeUInt16BE(reply.bytes.length);
          later(reply.delayMs, () => socket.end(Buffer.concat([length, reply.bytes])));
        });
      }).listen(53, address);
    }
    udp.bind(53, address, resolve);
  });
