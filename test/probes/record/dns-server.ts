/** The nameservers of the recorded world: each fails in one way. */
import { createSocket } from 'node:dgram';
import { createServer as createTcpServer, isIPv6, type Socket } from 'node:net';
import dnsPacket from 'dns-packet';
import { type Data, type Entry, HOST, ZONE } from './dns-zone.ts';

export { HOST };
export const later = (ms: number, what: () => void): void => void setTimeout(what, ms);

interface Reply {
  readonly delayMs: number;
  readonly bytes: Buffer;
}
type Answer = (query: dnsPacket.DecodedPacket, tcp: boolean) => Reply | undefined;

const RCODES: { readonly [name: string]: number } = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
};
const TTL = 5;
const SOA: dnsPacket.Answer = {
  type: 'SOA',
  name: 'example.com',
  ttl: TTL,
  data: {
    mname: 'ns.example.com',
    rname: 'hostmaster.example.com',
    serial: 1,
    refresh: 7200,
    retry: 1800,
    expire: 86_400,
    minimum: 5,
  },
};

const withOwner = (record: Data, name: string): dnsPacket.Answer => ({ ...record, name, ttl: TTL });

/** As a resolver answers: all aliases on the way, then the records; NXDOMAIN where the last name does not exist. */
const resolve = (
  name: string,
  type: string,
): { readonly code: string; readonly answers: dnsPacket.Answer[] } => {
  const answers: dnsPacket.Answer[] = [];
  const seen = new Set<string>();
  let owner = name;
  for (;;) {
    const target: string | undefined = ZONE[owner]?.cname;
    if (target === undefined || seen.has(owner)) break;
    seen.add(owner);
    answers.push({ type: 'CNAME', name: owner, ttl: TTL, data: target });
    owner = target;
  }
  const entry: Entry | undefined = ZONE[owner];
  const code = entry === undefined ? 'NXDOMAIN' : (entry.codes?.[type] ?? 'NOERROR');
  const records = code === 'NOERROR' ? (entry?.records ?? []) : [];
  answers.push(...records.filter((record) => record.type === type).map((record) => withOwner(record, owner)));
  return { code, answers };
};

export const answerWith =
  (options: { always?: string; flags: number }): Answer =>
  (query, tcp) => {
    const question = query.questions?.[0];
    const name = question?.name.toLowerCase() ?? '';
    const reply = (code: string, flags: number, answers: dnsPacket.Answer[], delayMs = 0): Reply => ({
      delayMs,
      bytes: dnsPacket.encode({
        type: 'response',
        id: query.id ?? 0,
        flags:
          options.flags | flags | ((query.flags ?? 0) & dnsPacket.RECURSION_DESIRED) | (RCODES[code] ?? 2),
        questions: query.questions ?? [],
        answers,
        authorities: answers.length === 0 && ['NOERROR', 'NXDOMAIN'].includes(code) ? [SOA] : [],
      }),
    });
    if (options.always !== undefined) return reply(options.always, 0, []);
    const { code, answers } = resolve(name, question?.type ?? 'A');
    if (code === 'SILENT') return undefined;
    if (ZONE[name]?.truncated === true && !tcp && answers.length > 0)
      return reply(code, dnsPacket.TRUNCATED_RESPONSE, []);
    return reply(code, 0, answers, ZONE[name]?.delayMs);
  };

/** Takes no notice of the first of each two queries that ask the same. */
const deafAtFirst = (answer: Answer): Answer => {
  const heard = new Set<string>();
  return (query, tcp) => {
    const key = JSON.stringify(query.questions);
    if (heard.delete(key)) return answer(query, tcp);
    heard.add(key);
    return undefined;
  };
};

const serveUdp = (address: string, answer: Answer): Promise<void> =>
  new Promise((resolved) => {
    const udp = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    udp.on('message', (message, peer) => {
      const reply = answer(dnsPacket.decode(message), false);
      if (reply !== undefined) later(reply.delayMs, () => udp.send(reply.bytes, peer.port, peer.address));
    });
    udp.bind(53, address, resolved);
  });

const serveTcp = (address: string, onQuery: (message: Buffer, socket: Socket) => void): Promise<void> =>
  new Promise((resolved) => {
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (message) => onQuery(message, socket));
    }).listen(53, address, resolved);
  });

const answering =
  (answer: Answer) =>
  (message: Buffer, socket: Socket): void => {
    const reply = answer(dnsPacket.decode(message.subarray(2)), true);
    if (reply === undefined) return;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(reply.bytes.length);
    later(reply.delayMs, () => socket.end(Buffer.concat([length, reply.bytes])));
  };

const serveBoth = async (address: string, answer: Answer): Promise<void> => {
  await serveUdp(address, answer);
  await serveTcp(address, answering(answer));
};

/** 203.0.113.57 and .61 have none: their ports are closed. */
export const serveNameservers = async (): Promise<void> => {
  const { RECURSION_AVAILABLE, AUTHORITATIVE_ANSWER, AUTHENTIC_DATA } = dnsPacket;
  const recursive = answerWith({ flags: RECURSION_AVAILABLE });
  const always = (code: string): Answer => answerWith({ flags: RECURSION_AVAILABLE, always: code });
  const noise: Answer = () => ({
    delayMs: 0,
    bytes: Buffer.from('no dns at all, and long enough to be a message'),
  });
  await serveBoth('203.0.113.53', recursive);
  await serveBoth('2001:db8:5::53', recursive);
  await serveBoth('203.0.113.54', always('SERVFAIL'));
  await serveBoth('203.0.113.55', always('REFUSED'));
  await serveBoth('203.0.113.56', () => undefined);
  // As CoreDNS answers for cluster names: authoritative, no recursion.
  await serveBoth('203.0.113.58', answerWith({ flags: AUTHORITATIVE_ANSWER }));
  await serveUdp('203.0.113.59', recursive);
  await serveUdp('203.0.113.60', noise);
  // TCP: taken and closed, taken and reset, taken and not answered; noise.
  await serveUdp('203.0.113.62', recursive);
  await serveTcp('203.0.113.62', (_, socket) => void socket.end());
  await serveUdp('203.0.113.63', recursive);
  await serveTcp('203.0.113.63', (_, socket) => void socket.resetAndDestroy());
  await serveUdp('203.0.113.64', recursive);
  await serveTcp('203.0.113.64', () => undefined);
  await serveUdp('203.0.113.65', recursive);
  await serveTcp('203.0.113.65', answering(noise));
  await serveTcp('203.0.113.66', answering(recursive));
  await serveUdp('203.0.113.67', deafAtFirst(recursive));
  await serveBoth('203.0.113.68', always('NXDOMAIN'));
  await serveBoth('203.0.113.69', answerWith({ flags: RECURSION_AVAILABLE | AUTHENTIC_DATA }));
};
