/** What listens in the pod's network namespace: tells "listens on 127.0.0.1 only" from "does not listen". */
import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { parseListeners } from './parse.ts';

const question = z.object({
  /** `ss` knows which sockets serve IPv6 alone; `proc` needs no more than grep. */
  read: z.enum(['ss', 'proc']),
});
export type ListenersQuestion = z.infer<typeof question>;

export interface ListeningSocket {
  /** TCP: listens. UDP: bound, and takes datagrams from anybody; it cannot be seen whether anything answers them. */
  readonly protocol: 'tcp' | 'udp';
  /** A socket on an IPv4 address in IPv6 form (`::ffff:127.0.0.1`) is told as what it serves: IPv4. */
  readonly family: 'ipv4' | 'ipv6';
  /** `0.0.0.0` and `::` where it is bound to none. */
  readonly address: string;
  readonly port: number;
  /** loopback: only from within the pod. Only lo counts as loopback too, whatever the address. */
  readonly scope: 'any' | 'loopback' | 'address';
  /** Of `::` only: false where the socket serves IPv4 as well. undefined: /proc does not tell. */
  readonly v6only?: boolean | undefined;
  /** The interface that it is bound to (SO_BINDTODEVICE), or the zone of a link-local address. /proc does not tell. */
  readonly interface?: string | undefined;
}

export interface ListenersOutcome {
  readonly kind: 'listeners';
  /** Each once, however many processes share it (SO_REUSEPORT). */
  readonly sockets: readonly ListeningSocket[];
}

/** grep leaves out what does not listen: /proc/net/tcp has a line for each connection, too many for a busy pod. */
const PROC = [
  'grep',
  '-h',
  '-o',
  '-E',
  '^ *(sl .*|[0-9]+: [0-9A-F:]+ [0-9A-F:]+ 0[A7] )',
  '/proc/net/tcp',
  '/proc/net/tcp6',
  '/proc/net/udp',
  '/proc/net/udp6',
] as const;

export default defineProbe<'listeners', ListenersQuestion, ListenersOutcome>({
  id: 'listeners',
  layer: 'port',
  tool: 'ss',
  summary: 'what listens on TCP and what is bound to UDP, and on which addresses',
  question,
  // With the header, so that "no socket" is not the same as no output. -O is there to be refused by releases before 5.2: the oldest
  // of them print IPv4's wildcard as newer ones print that of both families.
  command: ({ read }) => (read === 'ss' ? ['ss', '-O', '-l', '-n', '-t', '-u'] : PROC),
  timeLimitSeconds: () => 3,
  usualMs: 10,
  parse: parseListeners,
});
