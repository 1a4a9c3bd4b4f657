import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { parseIcmpEcho } from './parse.ts';

const question = z.object({
  host: z.string(),
  /** Bytes of data in each echo, sent with "don't fragment": for path MTU. ping's own 56 where there is none. */
  payloadBytes: z.number().int().min(0).max(65_507).optional(),
});
export type IcmpEchoQuestion = z.infer<typeof question>;

export type IcmpEchoOutcome =
  /** At least one echo came back. `rttMs` as ping prints it. */
  | {
      readonly kind: 'replied';
      readonly sent: number;
      readonly received: number;
      readonly rttMs?: { readonly min: number; readonly avg: number; readonly max: number } | undefined;
    }
  /** Nothing came back, and nobody said why. BusyBox's ping never says why. */
  | { readonly kind: 'no-reply'; readonly sent: number }
  /** Told by an ICMP error from `by`, or by our own kernel where `by` is undefined. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind; readonly by?: string | undefined }
  /** Too large for the path; `mtu` where it was told. */
  | { readonly kind: 'too-big'; readonly mtu?: number | undefined }
  /** May not open the socket: ICMP was not tested at all. */
  | { readonly kind: 'not-permitted' }
  | { readonly kind: 'name-failure' };

export default defineProbe<'icmp-echo', IcmpEchoQuestion, IcmpEchoOutcome>({
  id: 'icmp-echo',
  layer: 'route',
  tool: 'ping',
  summary: 'three ICMP echo requests',
  question,
  command: ({ host, payloadBytes }) => [
    'ping',
    '-n',
    '-c',
    '3',
    '-i',
    '0.2',
    '-W',
    '1',
    ...(payloadBytes === undefined ? [] : ['-M', 'do', '-s', String(payloadBytes)]),
    host,
  ],
  /** ping itself takes 1.4 s where nothing answers. */
  timeLimitSeconds: () => 5,
  /** Three, 0.2 s apart. */
  usualMs: 400,
  parse: parseIcmpEcho,
});
