import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { parseHttpGet } from './parse.ts';

const question = z.object({
  /** http: or https: only. */
  url: z.string(),
  /** Accept any certificate: where only reachability is asked. */
  insecure: z.boolean().optional(),
});
export type HttpGetQuestion = z.infer<typeof question>;

/**
 * Milliseconds from the start to the end of each phase, as curl counts them; undefined: not reached, or not told (curl 7 counts
 * the connect only when TLS stands as well).
 */
export interface HttpPhases {
  readonly name?: number | undefined;
  readonly connect?: number | undefined;
  readonly tls?: number | undefined;
  readonly firstByte?: number | undefined;
  readonly total: number;
}

export type TlsFailure =
  | 'expired'
  | 'not-yet-valid'
  | 'untrusted'
  | 'self-signed'
  | 'name-mismatch'
  | 'not-tls'
  | 'protocol-version'
  /** The server wants a certificate of the client (TLS 1.3 says so). */
  | 'client-certificate'
  | 'handshake';

/** Every outcome but `responded` says what stopped it; `phases` tells how far it came. */
export type HttpGetOutcome =
  | {
      readonly kind: 'responded';
      readonly status: number;
      readonly remoteAddress?: string | undefined;
      /** Where a redirect points; it is reported, never followed. */
      readonly redirect?: string | undefined;
      readonly phases: HttpPhases;
    }
  | { readonly kind: 'refused'; readonly phases: HttpPhases }
  | { readonly kind: 'unreachable'; readonly which: UnreachableKind; readonly phases: HttpPhases }
  /** curl's exit 7 where not even `-v` told refused from unreachable. */
  | { readonly kind: 'connect-failed'; readonly phases: HttpPhases }
  | {
      readonly kind: 'timed-out';
      readonly phase: 'name' | 'connect' | 'tls' | 'first-byte' | 'transfer';
      readonly phases: HttpPhases;
    }
  | { readonly kind: 'name-failure'; readonly phases: HttpPhases }
  | {
      readonly kind: 'tls-failed';
      readonly why: TlsFailure;
      readonly detail: string;
      readonly phases: HttpPhases;
    }
  | { readonly kind: 'reset'; readonly phases: HttpPhases }
  /** Something answered, but not HTTP. */
  | { readonly kind: 'not-http'; readonly phases: HttpPhases }
  /** The server closed without an answer. */
  | { readonly kind: 'empty'; readonly phases: HttpPhases }
  /** The answer broke off. */
  | { readonly kind: 'partial'; readonly phases: HttpPhases };

export default defineProbe<'http-get', HttpGetQuestion, HttpGetOutcome>({
  id: 'http-get',
  layer: 'protocol',
  tool: 'curl',
  summary: 'one HTTP GET, without following redirects, with the time of each phase',
  question,
  // `-q` keeps ~/.curlrc out and must come first; `--noproxy *` keeps the environment's proxies out.
  command: ({ url, insecure }) => [
    'curl',
    '-q',
    '-sS',
    '-v',
    '--globoff',
    '--proto',
    '=http,https',
    '--noproxy',
    '*',
    '--connect-timeout',
    '3',
    '--max-time',
    '5',
    '--max-filesize',
    '1048576',
    ...(insecure === true ? ['--insecure'] : []),
    '-o',
    '/dev/null',
    '-w',
    // curl itself turns the two characters into a newline.
    '%{json}\\n',
    '--',
    url,
  ],
  /** Two seconds above `--max-time`, which curl keeps but for a resolver that hangs. */
  timeLimitSeconds: () => 7,
  usualMs: 150,
  parse: parseHttpGet,
});
