import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import type { EchoUnreachable } from '../icmp-echo/errors.ts';
import { hostSchema } from '../shared/host.ts';
import { parsePathMtu } from './parse.ts';
import { SCRIPT } from './script.sh.ts';

const question = z.object({
  host: hostSchema,
  /** Which addresses of a name. ping's own choice where there is none. */
  family: z.optional(z.enum(['ipv4', 'ipv6'])),
  /** Tried first where the outgoing link's own cannot be read; 1500 where there is none. */
  mtu: z.optional(z.int().check(z.minimum(576), z.maximum(65_535))),
});
export type PathMtuQuestion = z.infer<typeof question>;

/** All sizes are of whole IP packets, in bytes. */
export type PathMtuOutcome =
  /**
   * The largest that came back unfragmented. All is well where it is `routeMtu` or, without one, `linkMtu`. Where it is less and nobody
   * told, it was found by halves: the path's MTU lies from `mtu` to below `tooBig`.
   */
  | {
      readonly kind: 'measured';
      readonly mtu: number;
      /** Of the link that leads there; undefined: could not be read. */
      readonly linkMtu?: number | undefined;
      /** Set on the route itself, as some CNIs do. */
      readonly routeMtu?: number | undefined;
      /** As a router told ("fragmentation needed"), now or before. undefined where packets that are too big vanish: a black hole. */
      readonly told?: number | undefined;
      readonly toldBy?: string | undefined;
      /** The smallest that did not come back. */
      readonly tooBig?: number | undefined;
    }
  /** Small echoes do not come back either, or not always: nothing is known of sizes. */
  | { readonly kind: 'no-reply' }
  /** `payloadBytes`: only echoes of that size are refused, for another reason than their size; smaller ones came back. */
  | {
      readonly kind: 'unreachable';
      readonly which: EchoUnreachable;
      readonly by?: string | undefined;
      readonly payloadBytes?: number | undefined;
    }
  | { readonly kind: 'not-permitted' }
  | { readonly kind: 'name-failure' };

const FAMILY_OPTION = { ipv4: '-4', ipv6: '-6' } as const;

export default defineProbe<'path-mtu', PathMtuQuestion, PathMtuOutcome>({
  id: 'path-mtu',
  layer: 'route',
  tool: 'ping',
  summary: 'the largest packet that comes back unfragmented',
  question,
  command: ({ host, family, mtu }) => [
    'sh',
    '-c',
    SCRIPT,
    'netcheck',
    host,
    String(mtu ?? 1500),
    family === undefined ? '-n' : FAMILY_OPTION[family],
  ],
  /** A second where nothing answers at all; eight where only small packets do, and nobody says why. */
  timeLimitSeconds: () => 10,
  usualMs: 60,
  parse: parsePathMtu,
});
