import { defineProbe } from '../../src/model/probe.ts';
import type { UnreachableKind } from '../shared/connect-failure.ts';
import { commandOf, maxSeconds } from './command.ts';
import { parseHttpGet } from './parse.ts';
import { type HttpGetQuestion, question } from './question.ts';

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

/** What was seen of TLS. curl 7 tells nothing of a certificate that OpenSSL refuses but why. */
export interface TlsFacts {
  /** `TLSv1.3` */
  readonly protocol?: string | undefined;
  readonly cipher?: string | undefined;
  /** Of the server's own certificate: `C=US, O=Example, CN=www.example.com`. */
  readonly subject?: string | undefined;
  readonly issuer?: string | undefined;
  /** RFC 3339, UTC. */
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
  /** Names, addresses and URIs that it is for; the first hundred. */
  readonly sans?: readonly string[] | undefined;
  /** Chain and name were checked, and held or not. undefined: not asked (`insecure`), or TLS did not come so far. */
  readonly verified?: boolean | undefined;
  /** OpenSSL's X509_V_ERR number for the chain, of which 0 is right; the name is not in it. */
  readonly verifyResult?: number | undefined;
}

/** Common to all outcomes: how far it came. */
interface Reached {
  readonly phases: HttpPhases;
  readonly tls?: TlsFacts | undefined;
}

/** Every outcome but `responded` says what stopped it. */
export type HttpGetOutcome = Reached &
  (
    | {
        readonly kind: 'responded';
        readonly status: number;
        readonly remoteAddress?: string | undefined;
        /** Where a redirect points; it is reported, never followed. */
        readonly redirect?: string | undefined;
        /** `1.1`, `2` */
        readonly httpVersion?: string | undefined;
        /** The Server header. */
        readonly server?: string | undefined;
        /** Of the other headers, those that a proxy, mesh or cache on the way leaves; names in lower case. See answer.ts. */
        readonly headers?: Readonly<Record<string, string>> | undefined;
        /** How the body of a 4xx or 5xx begins, at most 512 bytes of text: proxies say there why they answer in place of the server. */
        readonly bodyStart?: string | undefined;
      }
    | { readonly kind: 'refused' }
    | { readonly kind: 'unreachable'; readonly which: UnreachableKind }
    /** curl's exit 7 where not even `-v` told refused from unreachable. */
    | { readonly kind: 'connect-failed' }
    | {
        readonly kind: 'timed-out';
        readonly phase: 'name' | 'connect' | 'tls' | 'first-byte' | 'transfer';
      }
    | { readonly kind: 'name-failure' }
    /** The proxy that was asked for was reached, and did not let the request through. */
    | {
        readonly kind: 'proxy-failed';
        readonly why: 'refused' | 'timed-out' | 'closed' | 'reset' | 'not-http';
        /** What the proxy answered, with `refused`. */
        readonly status?: number | undefined;
        readonly server?: string | undefined;
        readonly headers?: Readonly<Record<string, string>> | undefined;
      }
    | { readonly kind: 'tls-failed'; readonly why: TlsFailure; readonly detail: string }
    | { readonly kind: 'reset' }
    /** Something answered, but not HTTP. */
    | { readonly kind: 'not-http' }
    /** The server closed without an answer. */
    | { readonly kind: 'empty' }
    /** The answer broke off. */
    | { readonly kind: 'partial' }
  );

export default defineProbe<'http-get', HttpGetQuestion, HttpGetOutcome>({
  id: 'http-get',
  layer: 'protocol',
  tool: 'curl',
  summary: 'one HTTP GET, redirects not followed: time of each phase, certificate, and who answered',
  question,
  command: commandOf,
  /** Two seconds above `--max-time`, which curl keeps but for a resolver that hangs. */
  timeLimitSeconds: (_question, patienceSeconds) => maxSeconds(patienceSeconds) + 2,
  usualMs: 150,
  parse: parseHttpGet,
});
