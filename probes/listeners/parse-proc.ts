/** Reads /proc/net/tcp, tcp6, udp and udp6 (net/ipv4/tcp_ipv4.c and the like in Linux), one after the other. */
import { endedLinesOf } from '../shared/lines.ts';
import type { Seen } from '../shared/read-output.ts';
import type { ListeningSocket } from './probe.ts';
import { socketOf } from './socket.ts';

const FILES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
type File = (typeof FILES)[number];

/** The files have no names in them; their headers differ. */
const HEADER =
  /^ +sl +local_address +(?<peer>rem|remote)_address +st tx_queue rx_queue tr tm->when retrnsmt +uid +timeout inode(?<udp> ref pointer drops)? *$/;
const SOCKET =
  /^ *\d{1,10}: (?<address>[\dA-F]{8}|[\dA-F]{32}):(?<port>[\dA-F]{4}) [\dA-F]{8,32}:[\dA-F]{4} (?<state>0[A7]) $/;
const ABSENT = /^(?:[\w./-]{1,40}: )?\/proc\/net\/(?<file>tcp6?|udp6?): No such file or directory$/;

/** LISTEN of TCP; of UDP CLOSE, which is bound and not connected. */
const LISTENS: Readonly<Record<'tcp' | 'udp', string>> = { tcp: '0A', udp: '07' };

const fileOf = (line: string): File | undefined => {
  const groups = HEADER.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return `${groups.udp === undefined ? 'tcp' : 'udp'}${groups.peer === 'rem' ? '' : '6'}`;
};

/** Words of 32 bits in the byte order of the machine: little-endian on every machine that the debug image is made for. */
const addressOf = (hex: string): string => {
  const words = (hex.match(/.{8}/g) ?? []).map((word) => word.match(/../g)?.toReversed() ?? []);
  if (hex.length === 8)
    return words
      .flat()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  return words.map(([a = '', b = '', c = '', d = '']) => `${a}${b}:${c}${d}`).join(':');
};

const socketIn = (file: File, line: string): ListeningSocket | 'skip' | undefined => {
  const { address, port, state } = SOCKET.exec(line)?.groups ?? {};
  if (address === undefined || port === undefined) return undefined;
  if ((address.length === 32) !== file.endsWith('6')) return undefined;
  const protocol = file.startsWith('tcp') ? 'tcp' : 'udp';
  if (state !== LISTENS[protocol]) return 'skip';
  return socketOf({ protocol, address: addressOf(address), port: Number.parseInt(port, 16) });
};

/** Files that are not there: a kernel without IPv6 has two. undefined: something else was said. */
const absentIn = (stderr: string): readonly File[] | undefined => {
  const files = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => FILES.find((file) => file === ABSENT.exec(line)?.groups?.file));
  return files.every((file) => file !== undefined) ? files : undefined;
};

/** undefined: not every file was read to its end. */
export const readProc = ({ exit, stdout, stderr }: Seen): readonly ListeningSocket[] | undefined => {
  const absent = absentIn(stderr);
  if (absent === undefined || exit !== (absent.length === 0 ? 0 : 2) || !stdout.endsWith('\n'))
    return undefined;
  const sockets: ListeningSocket[] = [];
  const read: File[] = [];
  for (const line of endedLinesOf(stdout)) {
    const next = fileOf(line);
    const file = next ?? read.at(-1);
    const socket = next === undefined && file !== undefined ? socketIn(file, line) : 'skip';
    if (file === undefined || socket === undefined) return undefined;
    if (next !== undefined) read.push(next);
    if (socket !== 'skip') sockets.push(socket);
  }
  const expected = FILES.filter((file) => !absent.includes(file));
  return read.length > 0 && read.join(' ') === expected.join(' ') ? sockets : undefined;
};
