/** The certificates that a destination showed: at the address that apps use, and at each endpoint by itself. */
import type { OutcomeOf } from '../../../probes/index.ts';
import type { Endpoint } from '../../destination/endpoints.ts';
import type { HttpGet } from '../http-fault.ts';
import { ofPurpose } from '../observed.ts';
import { hostOf } from '../reach.ts';

type Outcome = OutcomeOf<'http-get'>;
type TlsFacts = NonNullable<Extract<Outcome, { kind: 'responded' }>['tls']>;
type TlsFailure = Extract<Outcome, { kind: 'tls-failed' }>['why'];

export interface Certificate {
  /** As it was asked for. */
  readonly url: string;
  /** The name or address in the URL, an IPv6 address without brackets. */
  readonly host: string;
  /** Of the endpoint that showed it; undefined: whoever answers for the destination. */
  readonly address: string | undefined;
  /** Where that endpoint listens. */
  readonly port: number | undefined;
  readonly facts: TlsFacts;
  /** Why curl refused it, holding it against the public authorities and the URL's name. */
  readonly refused: TlsFailure | undefined;
  /** curl's own words for that. */
  readonly detail: string | undefined;
}

const factsOf = ({ outcome }: HttpGet): TlsFacts | undefined => ('tls' in outcome ? outcome.tls : undefined);

const isSecure = ({ question: { url } }: HttpGet): boolean => /^https:/i.test(url);

const hostIn = (url: string): string => (hostOf(url) ?? '').replace(/^\[|\]$/g, '');

type Question = HttpGet['question'];

/** Of the endpoint that was asked by itself; undefined: the front, an Ingress at one of its addresses too. */
export const endpointAsked = ({ connectTo }: Question): string | undefined =>
  connectTo?.port === undefined ? undefined : connectTo.address;

const isSameWay = (a: Question, b: Question): boolean =>
  a.url === b.url && a.connectTo?.address === b.connectTo?.address && a.connectTo?.port === b.connectTo?.port;

/** The names of the certificate come from whichever of the two requests told more: curl 7 tells little of one that it refuses. */
const shown = (
  asked: HttpGet,
  checked: HttpGet | undefined,
  address: string | undefined,
): readonly Certificate[] => {
  const facts = { ...(checked === undefined ? {} : factsOf(checked)), ...factsOf(asked) };
  const failed = checked?.outcome.kind === 'tls-failed' ? checked.outcome : undefined;
  const verified = checked === undefined ? undefined : factsOf(checked)?.verified;
  if (Object.keys(facts).length === 0 && failed === undefined) return [];
  const { url } = asked.question;
  return [
    {
      url,
      host: hostIn(url),
      address,
      port: address === undefined ? undefined : asked.question.connectTo?.port,
      facts: { ...facts, verified },
      refused: failed?.why,
      detail: failed?.detail,
    },
  ];
};

/**
 * An endpoint's own answer is reached by the name that apps use, as the front's is: only the address differs. What one shows that is
 * not ready no app gets to see; `endpoints`: undefined where they are not known.
 */
export const certificatesOf = (
  requests: readonly HttpGet[],
  endpoints: readonly Endpoint[] | undefined,
): readonly Certificate[] => {
  const checks = ofPurpose(requests, 'destination-certificate');
  const waiting = (endpoints ?? []).filter(({ ready }) => !ready).map(({ address }) => address);
  return (['destination', 'destination-endpoint'] as const).flatMap((purpose) =>
    ofPurpose(requests, purpose)
      .filter(isSecure)
      .flatMap((asked) =>
        shown(
          asked,
          checks.find(({ question }) => isSameWay(question, asked.question)),
          endpointAsked(asked.question),
        ),
      )
      .filter(({ address }) => address === undefined || !waiting.includes(address)),
  );
};

/** Of each URL all that was shown for it. */
export const byUrl = (all: readonly Certificate[]): readonly (readonly Certificate[])[] =>
  [...new Set(all.map(({ url }) => url))].map((url) => all.filter((one) => one.url === url));
