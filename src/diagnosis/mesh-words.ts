/** What proxies of a mesh answer in place of the server that they stand for, in their own words. */
import type { OutcomeOf } from '../../probes/index.ts';

export type Responded = Extract<OutcomeOf<'http-get'>, { kind: 'responded' }>;

export interface ProxyWord {
  readonly proxy: 'Envoy' | 'Linkerd';
  /** Envoy's response flag, as its access log has it; of Linkerd, and where several would fit, none. */
  readonly flag: string | undefined;
  /** `it could not connect to the upstream` */
  readonly meaning: string;
  /** Said in so many words, or only to be guessed from who answered. */
  readonly sure: boolean;
}

/** Reset reasons, as Envoy writes them after "reset reason:"; source: envoy's Http::Utility::resetReasonToString. */
const RESETS: readonly (readonly [RegExp, flag: string, meaning: string])[] = [
  [
    /TLS[_ ]error|CERTIFICATE_VERIFY_FAILED|WRONG_VERSION_NUMBER/i,
    'UF',
    'its TLS handshake with the upstream failed: one side expects mutual TLS and the other does not, or a certificate is wrong',
  ],
  [/connection timeout/i, 'UF', 'the upstream did not answer its connection in time'],
  [/connection refused/i, 'UF', 'the upstream refused its connection'],
  [/connection failure/i, 'UF', 'it could not connect to the upstream'],
  [/connection termination/i, 'UC', 'the upstream closed the connection before it answered'],
  [/overflow/i, 'UO', 'its limit of connections or requests is reached (circuit breaker)'],
  [/remote (?:refused stream )?reset/i, 'UR', 'the upstream reset the request'],
  [/local (?:refused stream )?reset/i, 'LR', 'it ended the request itself'],
  [/protocol error/i, 'UPE', 'the upstream answered in another protocol than it expected'],
];

const UPSTREAM_ERROR = /upstream connect error or disconnect\/reset before headers/i;
const RETRIED = /retried and the latest reset reason/i;

const BODIES: readonly (readonly [RegExp, flag: string, meaning: string])[] = [
  [/^no healthy upstream/i, 'UH', 'it knows no healthy endpoint of the upstream'],
  [/^upstream request timeout/i, 'UT', 'the upstream took longer to answer than it waits'],
  [/^upstream max stream duration reached/i, 'UMSDR', 'the request took longer than it allows'],
  [/^fault filter abort/i, 'FI', 'a rule tells it to fail requests on purpose (fault injection)'],
  [/^dns resolution failure/i, 'DF', "the upstream's name does not resolve for it"],
];

const resetWord = (body: string): ProxyWord => {
  const [, flag, meaning] = RESETS.find(([words]) => words.test(body)) ?? [];
  const once = meaning ?? 'it lost the upstream before an answer came';
  return {
    proxy: 'Envoy',
    flag: RETRIED.test(body) ? 'URX' : flag,
    meaning: RETRIED.test(body) ? `${once}, at each try` : once,
    sure: true,
  };
};

/** The upstream answered the proxy, which tells how long that took. */
const TOOK = 'x-envoy-upstream-service-time';

const isEnvoy = ({ server = '', headers = {} }: Responded): boolean =>
  /envoy/i.test(server) || Object.keys(headers).some((name) => name.startsWith('x-envoy-'));

const LINKERD: readonly (readonly [RegExp, meaning: string])[] = [
  [/fail-?fast|service unavailable|no endpoints/i, 'it knows no endpoint that is available'],
  [/connection refused/i, 'the endpoint refused its connection'],
  [/timed? ?out/i, 'the endpoint did not answer in time'],
  [/unauthorized/i, 'a policy of the mesh does not let this client in'],
];

const NOT_LET_IN = 'an authorization policy of the mesh does not let this client in';

const linkerdWord = (error: string): ProxyWord => ({
  proxy: 'Linkerd',
  flag: undefined,
  meaning: LINKERD.find(([words]) => words.test(error))?.[1] ?? `it reports: ${error}`,
  sure: true,
});

/** undefined: the server itself answered, or nothing tells that it did not. */
export const proxyWordOf = (answer: Responded): ProxyWord | undefined => {
  const { status, headers = {}, bodyStart = '' } = answer;
  const linkerd = headers['l5d-proxy-error'];
  if (linkerd !== undefined) return linkerdWord(linkerd);
  if (status === 403 && /^RBAC: access denied/i.test(bodyStart.trim()))
    return { proxy: 'Envoy', flag: undefined, meaning: NOT_LET_IN, sure: isEnvoy(answer) };
  if (status < 500) return undefined;
  // Another proxy further on may have said so: the words count, whoever passed them on.
  if (UPSTREAM_ERROR.test(bodyStart)) return resetWord(bodyStart);
  const [, flag, meaning] = BODIES.find(([words]) => words.test(bodyStart.trim())) ?? [];
  if (meaning !== undefined) return { proxy: 'Envoy', flag, meaning, sure: isEnvoy(answer) };
  if (!isEnvoy(answer) || headers[TOOK] !== undefined || bodyStart !== '') return undefined;
  return {
    proxy: 'Envoy',
    flag: status === 503 ? 'NC' : undefined,
    meaning: 'it answered by itself, and did not say why; it does so where it does not know the upstream',
    sure: false,
  };
};

/** The proxy that answered passed on what one further on had said: that of the destination. */
export const isPassedOn = ({ headers = {} }: Responded): boolean => headers[TOOK] !== undefined;
