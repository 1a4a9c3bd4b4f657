import { z } from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../tcp-connect/probe.ts';

const question = z.object({ host: z.string() });

export type IcmpEchoOutcome =
  /** At least one echo came back. `rttMs` as ping prints it. */
  | {
      readonly kind: 'replied';
      readonly sent: number;
      readonly received: number;
      readonly rttMs?: { readonly min: number; readonly avg: number; readonly max: number } | undefined;
    }
  | { readonly kind: 'no-reply'; readonly sent: number }
  /** Told by an ICMP error from `by`, or by our own kernel where `by` is undefined. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind; readonly by?: string | undefined }
  /** Too large for the path; `mtu` where it was told. */
  | { readonly kind: 'too-big'; readonly mtu?: number | undefined }
  /** May not open the socket: ICMP was not tested at all. */
  | { readonly kind: 'not-permitted' }
  | { readonly kind: 'name-failure' };

export default defineProbe<'icmp-echo', z.infer<typeof question>, IcmpEchoOutcome>({
  id: 'icmp-echo',
  layer: 'route',
  tool: 'ping',
  summary: 'three echo requests',
  question,
  command: ({ host }) => ['ping', '-n', '-c', '3', '-i', '0.2', '-W', '1', host],
  timeLimitSeconds: () => 5,
  parse: () => ({ kind: 'unreadable', text: '' }),
});
