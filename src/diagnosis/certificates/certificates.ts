/** The certificates that a destination showed: at the address that apps use, and at each endpoint by itself. */
import type { OutcomeOf } from '../../../probes/index.ts';
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
  readonly facts: TlsFacts;
  /** Why curl refused it, holding it against the public authorities and the URL's name. */
  readonly refused: TlsFailure | undefined;
  /** curl's own words for that. */
  readonly detail: string | undefined;
}

const factsOf = ({ outcome }: HttpGet): TlsFacts | undefined => ('tls' in outcome ? outcome.tls : undefined);

const isSecure = ({ question: { url } }: HttpGet): boolean => /^https:/i.test(url);

const hostIn = (url: string): string => (hostOf(url) ?? '').replace(/^\[|\]$/g, '');

/** The names of the certificate come from whichever of the two requests told more: curl 7 tells little of one that it refuses. */
const front = (asked: HttpGet, checked: HttpGet | undefined): readonly Certificate[] => {
  const facts = { ...(checked === undefined ? {} : factsOf(checked)), ...factsOf(asked) };
  const failed = checked?.outcome.kind === 'tls-failed' ? checked.outcome : undefined;
  const verified = checked === undefined ? undefined : factsOf(checked)?.verified;
  if (Object.keys(facts).length === 0 && failed === undefined) return [];
  const { url } = asked.question;
  return [
    {
      url,
      host: hostIn(url),
      address: undefined,
      facts: { ...facts, verified },
      refused: failed?.why,
      detail: failed?.detail,
    },
  ];
};

export const certificatesOf = (requests: readonly HttpGet[]): readonly Certificate[] => [
  ...ofPurpose(requests, 'destination')
    .filter(isSecure)
    .flatMap((asked) =>
      front(
        asked,
        ofPurpose(requests, 'destination-certificate').find(
          ({ question }) => question.url === asked.question.url,
        ),
      ),
    ),
  ...ofPurpose(requests, 'destination-endpoint')
    .filter(isSecure)
    .flatMap((request): readonly Certificate[] => {
      const facts = factsOf(request);
      const { url, connectTo } = request.question;
      return facts === undefined
        ? []
        : [
            {
              url,
              host: hostIn(url),
              address: connectTo?.address,
              facts,
              refused: undefined,
              detail: undefined,
            },
          ];
    }),
];
