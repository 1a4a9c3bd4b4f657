import { z } from 'zod';
import { defineProbe } from '../../src/model/probe.ts';

const question = z.object({ host: z.string(), port: z.number().int().min(1).max(65535) });

/** Which kind of "cannot get there" the kernel reported. */
export type UnreachableKind = 'network' | 'host' | 'prohibited' | 'port' | 'unspecified';

export type TcpConnectOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  /** `host` covers EHOSTUNREACH, which an administrative prohibition gives too; nc cannot tell them apart. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
  /** The name did not resolve, so nothing was connected to. */
  | { readonly kind: 'name-failure'; readonly temporary: boolean }
  /** The kernel of the pod's own node refused to send (EPERM, EACCES): a local filter. */
  | { readonly kind: 'not-permitted' };

export default defineProbe<'tcp-connect', z.infer<typeof question>, TcpConnectOutcome>({
  id: 'tcp-connect',
  layer: 'port',
  tool: 'nc',
  summary: 'opens a TCP connection',
  question,
  command: ({ host, port }) => ['nc', '-zv', '-w', '3', host, String(port)],
  timeLimitSeconds: () => 6,
  parse: () => ({ kind: 'unreadable', text: '' }),
});
