/** UDP servers of the recorded world, at one address of each family: each answers in one way, or not at all. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

type Answer = (socket: Socket, message: Buffer, from: RemoteInfo) => void;

const echoAfter =
  (ms: number): Answer =>
  (socket, message, { port, address }) =>
    void setTimeout(() => socket.send(message, port, address), ms);

const ANSWERS: Readonly<Record<number, Answer>> = {
  7: echoAfter(0),
  /** Listens, and says nothing. */
  9: () => undefined,
  7003: (socket, message, { port, address }) => {
    for (const part of [message, message, message]) socket.send(part, port, address);
  },
  7006: echoAfter(600),
  7015: echoAfter(1500),
  /** Datagrams without a byte in them. */
  7000: (socket, _, { port, address }) => socket.send(Buffer.alloc(0), port, address),
  7014: (socket, _, { port, address }) => socket.send(Buffer.alloc(1400, 'x'), port, address),
  /** Every byte that there is, zero and newline among them. */
  7256: (socket, _, { port, address }) =>
    socket.send(Buffer.from(Array.from({ length: 256 }, (_byte, index) => index)), port, address),
};

const serve = (address: string, port: number, answer: Answer): Promise<void> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', (message, from) => answer(socket, message, from));
    socket.on('error', () => undefined);
    socket.bind(port, address, resolve);
  });

/** At an address of its own, or the answers would come from another. */
export const serveUdp = async (addresses: readonly string[]): Promise<void> => {
  await Promise.all(
    addresses.flatMap((address) =>
      Object.entries(ANSWERS).map(([port, answer]) => serve(address, Number(port), answer)),
    ),
  );
};
