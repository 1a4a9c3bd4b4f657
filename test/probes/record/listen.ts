/**
 * Listens until it is ended: node listen.ts PID-FILE SPEC... The file is there when all sockets are. A SPEC is protocol, address, port:
 * `tcp 0.0.0.0 80`; `tcp6only`, `udp6only`: not for IPv4; `connected`: a UDP socket with a peer; `established`: a TCP connection.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const tcp = async (host: string, port: number, ipv6Only: boolean): Promise<void> => {
  const server = createServer((socket) => void socket.on('error', () => undefined));
  server.listen({ host, port, ipv6Only });
  await once(server, 'listening');
};

const udp = async (address: string, port: number, ipv6Only: boolean): Promise<void> => {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', ipv6Only, reuseAddr: true });
  socket.bind({ address, port });
  await once(socket, 'listening');
};

const connected = async (address: string, port: number): Promise<void> => {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.connect(port, address);
  await once(socket, 'connect');
};

const established = async (host: string, port: number): Promise<void> => {
  await once(connect({ host, port }), 'connect');
};

const open = (spec: string): Promise<void> => {
  const [how, address = '', port = ''] = spec.split(' ');
  switch (how) {
    case 'tcp':
      return tcp(address, Number(port), false);
    case 'tcp6only':
      return tcp(address, Number(port), true);
    case 'udp':
      return udp(address, Number(port), false);
    case 'udp6only':
      return udp(address, Number(port), true);
    case 'connected':
      return connected(address, Number(port));
    case 'established':
      return established(address, Number(port));
    default:
      throw new Error(`no such socket: ${spec}`);
  }
};

const [file = '', ...specs] = process.argv.slice(2);
// Without a socket too.
setInterval(() => undefined, 60_000);
for (const spec of specs) await open(spec);
writeFileSync(`${file}.new`, String(process.pid));
renameSync(`${file}.new`, file);
