/** Reads `ss -O -l -n -t -u` of iproute2 (misc/ss.c). */
import { endedLinesOf } from '../shared/lines.ts';
import type { Seen } from '../shared/read-output.ts';
import type { ListeningSocket } from './probe.ts';
import { socketOf } from './socket.ts';

const HEADER = /^Netid +State +Recv-Q +Send-Q +Local Address:Port +Peer Address:Port *(?:Process)? *$/;
const SOCKET =
  /^(?<protocol>tcp|udp) +(?<state>[A-Z\d-]{1,12}) +\d{1,10} +\d{1,10} +(?<local>[^\s]{1,90}):(?<port>\d{1,5}|\*) +[^\s]{1,90}:(?:\d{1,5}|\*) *$/;
/** `*` is the wildcard of both families; `[::]` that of IPv6 alone. */
const LOCAL =
  /^(?:(?<both>\*)|(?<ipv4>[\d.]{7,15})|\[(?<ipv6>[\da-f:.]{2,45})\])(?:%(?<link>[^\s%:]{1,20}))?$/;

const LISTENS: Readonly<Record<string, string>> = { tcp: 'LISTEN', udp: 'UNCONN' };

/** `skip`: a socket that does not listen. undefined: not a socket's line. */
const readLine = (line: string): ListeningSocket | 'skip' | undefined => {
  const { protocol, state, local = '', port } = SOCKET.exec(line)?.groups ?? {};
  if (protocol !== 'tcp' && protocol !== 'udp') return undefined;
  if (state !== LISTENS[protocol]) return 'skip';
  const groups = LOCAL.exec(local)?.groups;
  if (groups === undefined) return undefined;
  const { both, ipv4, ipv6, link } = groups;
  return socketOf({
    protocol,
    address: ipv4 ?? ipv6 ?? '::',
    port: port === '*' ? 0 : Number(port),
    ...(ipv4 === undefined ? { v6only: both === undefined } : {}),
    interface: link,
  });
};

/** undefined: not the whole output of an ss that knew of every socket. */
export const readSs = ({ exit, stdout, stderr }: Seen): readonly ListeningSocket[] | undefined => {
  const [header = '', ...lines] = endedLinesOf(stdout);
  if (exit !== 0 || stderr.trim() !== '' || !stdout.endsWith('\n') || !HEADER.test(header)) return undefined;
  const sockets: ListeningSocket[] = [];
  for (const line of lines) {
    const socket = readLine(line);
    if (socket === undefined) return undefined;
    if (socket !== 'skip') sockets.push(socket);
  }
  return sockets;
};
