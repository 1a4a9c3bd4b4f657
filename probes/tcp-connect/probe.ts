import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { hostSchema } from '../shared/host.ts';
import { parseTcpConnect } from './parse.ts';
import { CURL_REPORT } from './parse-curl.ts';

export type { UnreachableKind } from '../shared/connect-failure.ts';

const question = z.object({
  host: hostSchema,
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  /** Which addresses of a name. All of them where there is none. */
  family: z.optional(z.enum(['ipv4', 'ipv6'])),
  /**
   * The tool; nc where there is none. curl is for images whose nc cannot do it (BusyBox's has no `-z`, or keeps refusals to itself).
   * Slower: unless the server closes, it cannot be told to end before its time is up.
   */
  via: z.optional(z.enum(['nc', 'curl'])),
});
export type TcpConnectQuestion = z.infer<typeof question>;

/** Of several addresses, the outcome is that of the one that came furthest. */
export type TcpConnectOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  /** `host` covers EHOSTUNREACH, which an administrative prohibition gives too over IPv4; no tool can tell them apart. */
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
  /**
   * The name did not resolve, so nothing was connected to. `temporary`: the resolver could not find out; undefined: not told.
   */
  | { readonly kind: 'name-failure'; readonly temporary?: boolean | undefined }
  /** The kernel of the pod's own node refused to send (EPERM, EACCES): a local filter. */
  | { readonly kind: 'not-permitted' };

/** Seconds that nc waits for each address, and curl for all of them. */
const PATIENCE_SECONDS = 3;

const FAMILY_OPTION = { ipv4: ['-4'], ipv6: ['-6'] } as const;

/** In a URL; what is no address and no name of a host cannot turn into another part of it. */
const inUrl = (host: string): string =>
  host.includes(':') ? `[${host.replace('%', '%25')}]` : encodeURIComponent(host);

const curl = ({ host, port, family }: TcpConnectQuestion, patienceSeconds: number): readonly string[] => [
  // `-q` keeps ~/.curlrc out and must come first; `--noproxy *` keeps the environment's proxies out.
  'curl',
  '-q',
  '-sS',
  '-v',
  '--globoff',
  ...(family === undefined ? [] : FAMILY_OPTION[family]),
  '--noproxy',
  '*',
  '--connect-timeout',
  String(patienceSeconds),
  // Once it is connected there is nothing more to wait for.
  '--max-time',
  `${patienceSeconds}.2`,
  '-o',
  '/dev/null',
  '-w',
  CURL_REPORT,
  '--',
  // The one protocol that sends nothing of its own.
  `telnet://${inUrl(host)}:${port}`,
];

export default defineProbe<'tcp-connect', TcpConnectQuestion, TcpConnectOutcome>({
  id: 'tcp-connect',
  layer: 'port',
  tool: 'nc',
  summary: 'opens a TCP connection and closes it again',
  question,
  command: (asked, patienceSeconds = PATIENCE_SECONDS) => {
    const { host, port, family, via } = asked;
    if (via === 'curl') return curl(asked, patienceSeconds);
    const chosen = family === undefined ? [] : FAMILY_OPTION[family];
    return ['nc', '-zv', ...chosen, '-w', String(patienceSeconds), host, String(port)];
  },
  /** nc: two addresses of a name, one after the other, and a second to start. */
  timeLimitSeconds: ({ via }, patienceSeconds = PATIENCE_SECONDS) =>
    via === 'curl' ? patienceSeconds + 2 : 2 * patienceSeconds + 1,
  usualMs: 50,
  parse: parseTcpConnect,
});
