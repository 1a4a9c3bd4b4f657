import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { hostSchema } from '../shared/host.ts';
import type { EchoError, EchoUnreachable } from './errors.ts';
import { parseIcmpEcho } from './parse.ts';

const question = z.object({
  host: hostSchema,
  /** Which addresses of a name. ping's own choice where there is none. */
  family: z.optional(z.enum(['ipv4', 'ipv6'])),
  /** Bytes of data in each echo, sent with "don't fragment": for path MTU. ping's own 56 where there is none. */
  payloadBytes: z.optional(z.int().check(z.minimum(0), z.maximum(65_507))),
});
export type IcmpEchoQuestion = z.infer<typeof question>;

/**
 * `errors`: what came back in place of a reply, or kept an echo from being sent, by kind and sender, with how often. BusyBox's ping
 * tells only of what could not be sent.
 */
export type IcmpEchoOutcome =
  /** At least one echo came back. `rttMs` as ping prints it; `duplicates`: replies that came once more. */
  | {
      readonly kind: 'replied';
      readonly sent: number;
      readonly received: number;
      readonly rttMs?: { readonly min: number; readonly avg: number; readonly max: number } | undefined;
      readonly duplicates?: number | undefined;
      readonly errors?: readonly EchoError[] | undefined;
    }
  /** Nothing came back, and nobody said why. BusyBox's ping never says why. */
  | { readonly kind: 'no-reply'; readonly sent: number }
  /** Told by an ICMP error from `by`, or by our own kernel where `by` is undefined. */
  | {
      readonly kind: 'unreachable';
      readonly which: EchoUnreachable;
      readonly by?: string | undefined;
      readonly errors?: readonly EchoError[] | undefined;
    }
  /** Too large for the path; `mtu` where it was told. */
  | {
      readonly kind: 'too-big';
      readonly mtu?: number | undefined;
      readonly errors?: readonly EchoError[] | undefined;
    }
  /** May not open the socket: ICMP was not tested at all. */
  | { readonly kind: 'not-permitted' }
  | { readonly kind: 'name-failure' };

/** That ping waits for the last reply. */
const PATIENCE_SECONDS = 1;

export default defineProbe<'icmp-echo', IcmpEchoQuestion, IcmpEchoOutcome>({
  id: 'icmp-echo',
  layer: 'route',
  tool: 'ping',
  summary: 'three ICMP echo requests',
  question,
  command: ({ host, family, payloadBytes }, patienceSeconds = PATIENCE_SECONDS) => [
    'ping',
    '-n',
    ...(family === undefined ? [] : [family === 'ipv4' ? '-4' : '-6']),
    '-c',
    '3',
    '-i',
    '0.2',
    '-W',
    String(patienceSeconds),
    ...(payloadBytes === undefined ? [] : ['-M', 'do', '-s', String(payloadBytes)]),
    host,
  ],
  /** ping itself takes 0.4 s more than its patience where nothing answers. */
  timeLimitSeconds: (_question, patienceSeconds = PATIENCE_SECONDS) => patienceSeconds + 4,
  /** Three, 0.2 s apart. */
  usualMs: 400,
  parse: parseIcmpEcho,
});
