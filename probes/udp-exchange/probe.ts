import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { hostSchema } from '../shared/host.ts';
import { parseUdpExchange } from './parse.ts';
import { SCRIPT } from './script.sh.ts';

const question = z.object({
  host: hostSchema,
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  /** Which addresses of a name. The tool's own choice where there is none. */
  family: z.optional(z.enum(['ipv4', 'ipv6'])),
  /** The datagram, as hexadecimal digits; the word "netcheck" where there is none. A server may well ignore what it does not know. */
  payload: z.optional(z.string().check(z.regex(/^(?:[\da-f]{2}){1,512}$/))),
});
export type UdpExchangeQuestion = z.infer<typeof question>;

/** "netcheck" */
const WORD = '6e6574636865636b';

export type UdpExchangeOutcome =
  /** Something answered: the first datagram's size in bytes, or of all that came within a second. */
  | { readonly kind: 'replied'; readonly bytes: number }
  /** ICMP: nothing listens on the port. */
  | { readonly kind: 'refused' }
  /** `host` covers an administrative prohibition over IPv4; the kernel has one word for both. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
  /**
   * No answer: neither a success nor a failure, for a server need not answer. `heard`: `all` where a refusal would have been heard,
   * `replies` where the image's tools (nc alone) keep refusals to themselves.
   */
  | { readonly kind: 'silent'; readonly heard: 'all' | 'replies' }
  | { readonly kind: 'name-failure' }
  /** The kernel of the pod's own node refused to send (EPERM, EACCES): a local filter. */
  | { readonly kind: 'not-permitted' };

export default defineProbe<'udp-exchange', UdpExchangeQuestion, UdpExchangeOutcome>({
  id: 'udp-exchange',
  layer: 'port',
  tool: 'nc',
  summary: 'one UDP datagram, and whether anything comes back',
  question,
  command: ({ host, port, family, payload }) => [
    'sh',
    '-c',
    SCRIPT,
    'netcheck',
    host,
    String(port),
    payload ?? WORD,
    family ?? 'any',
  ],
  /** Two seconds of silence, and a resolver that takes its time. */
  timeLimitSeconds: () => 9,
  usualMs: 50,
  parse: parseUdpExchange,
});
