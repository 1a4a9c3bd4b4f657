import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { parseTcpConnect } from './parse.ts';

export type { UnreachableKind } from '../shared/connect-failure.ts';

const question = z.object({ host: z.string(), port: z.number().int().min(1).max(65535) });
export type TcpConnectQuestion = z.infer<typeof question>;

/** Of several addresses, the outcome is that of the one that came furthest. */
export type TcpConnectOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  /** `host` covers EHOSTUNREACH, which an administrative prohibition gives too over IPv4; nc cannot tell them apart. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
  /** The name did not resolve, so nothing was connected to. `temporary`: the resolver could not find out. */
  | { readonly kind: 'name-failure'; readonly temporary: boolean }
  /** The kernel of the pod's own node refused to send (EPERM, EACCES): a local filter. */
  | { readonly kind: 'not-permitted' };

/** Seconds that nc waits for each address. */
const CONNECT_SECONDS = 3;

export default defineProbe<'tcp-connect', TcpConnectQuestion, TcpConnectOutcome>({
  id: 'tcp-connect',
  layer: 'port',
  tool: 'nc',
  summary: 'opens a TCP connection and closes it again',
  question,
  command: ({ host, port }) => ['nc', '-zv', '-w', String(CONNECT_SECONDS), host, String(port)],
  /** Two addresses of a name, one after the other, and a second to start. */
  timeLimitSeconds: () => 2 * CONNECT_SECONDS + 1,
  parse: parseTcpConnect,
});
