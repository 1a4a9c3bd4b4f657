/** The nameservers of the recorded world: each fails in one way. */
import { createSocket } from 'node:dgram';
import { createServer as createTcpServer, isIPv6, type Socket } from 'node:net';
import dnsPacket from 'dns-packet';
import { type Answer, answerWith, broken, deafAtFirst } from './dns-answer.ts';
import { HOST } from './dns-zone.ts';

export { HOST };
export const later = (ms: number, what: () => void): void => void setTimeout(what, ms);

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
  await serveUdp('203.0.113.66', () => undefined);
  await serveTcp('203.0.113.66', answering(recursive));
  // UDP: the first of two queries lost; the header of an answer, with nothing that can be read behind it.
  await serveUdp('203.0.113.67', deafAtFirst(recursive));
  await serveBoth('203.0.113.70', broken);
  await serveBoth('203.0.113.68', always('NXDOMAIN'));
  await serveBoth('203.0.113.69', answerWith({ flags: RECURSION_AVAILABLE | AUTHENTIC_DATA }));
};
