/** Where TLS is asked for: are name and dates of the certificate right? Whom the app trusts is not known, and not judged inside. */
import type { Destination } from '../../model/destination.ts';
import type { Check } from '../../model/report.ts';
import { type Certificate, certificatesOf } from '../certificates/certificates.ts';
import { dateText, invalidity } from '../certificates/dates.ts';
import { mismatchOf, mismatchSeverity } from '../certificates/names.ts';
import { distrustOf, distrustSeverity } from '../certificates/trust.ts';
import { httpTo } from '../http.ts';
import { ofPurpose, whyUnmeasured } from '../observed.ts';
import { wayWords } from '../proxy-way.ts';
import { listed } from '../wording.ts';
import type { View } from './view.ts';

/** What makes it an error; the same as the rules say. */
const faultOf = (
  certificate: Certificate,
  { seen, gatheredAt }: View,
  destination: Destination,
): string | undefined => {
  const invalid = invalidity(certificate, gatheredAt);
  if (invalid !== undefined) return invalid.text;
  if (certificate.address !== undefined) return undefined;
  const mismatch = mismatchOf(certificate, destination);
  if (mismatch !== undefined && mismatchSeverity(mismatch, destination) === 'error')
    return `is not for ${certificate.host}`;
  return distrustOf(certificate) !== undefined && distrustSeverity(seen, destination) === 'error'
    ? 'is not trusted'
    : undefined;
};

/** Chain and name were looked at, whatever came of it. */
const isChecked = (certificate: Certificate): boolean => certificate.facts.verified !== undefined;

/** The same request, with any certificate accepted, gets through. */
const isServed = (url: string, { seen, internetMode }: View): boolean => {
  const { answered } = httpTo(seen, 'destination', internetMode);
  return answered.some(({ question }) => question.url === url);
};

/** None where no TLS is asked for. */
export const destinationCertificateCheck = (view: View, destination: Destination): readonly Check[] => {
  const asked = ofPurpose(view.seen['http-get'], 'destination-certificate');
  if (asked.length === 0) return [];
  const check = { layer: 'tls', id: 'destination-certificate' } as const;
  const all = certificatesOf(view.seen['http-get']);
  const bad = all.flatMap((certificate) => {
    const fault = faultOf(certificate, view, destination);
    return fault === undefined ? [] : [`the certificate of ${certificate.url} ${fault}`];
  });
  if (bad.length > 0) return [{ ...check, state: 'failed', detail: listed([...new Set(bad)]) }];
  const checked = all.filter(({ address }) => address === undefined).filter(isChecked);
  const missing = asked.filter(({ question }) => !checked.some(({ url }) => url === question.url));
  const [first] = missing;
  if (first === undefined)
    return [
      {
        ...check,
        state: 'ok',
        detail: checked
          .map(({ url, facts: { notAfter } }) => {
            const whose = checked.length === 1 ? 'certificate' : `certificate of ${url}`;
            return `${whose}${notAfter === undefined ? ' is right' : ` valid to ${dateText(notAfter)}`}`;
          })
          .join(', '),
      },
    ];
  return [
    {
      ...check,
      state: 'unknown',
      // A handshake that fails is told by a finding of its own.
      ...(isServed(first.question.url, view) ? {} : { needs: 'port' as const }),
      detail: `the certificate was not checked: ${whyUnmeasured(first) ?? `${first.question.url}: ${wayWords(first.outcome)}`}`,
    },
  ];
};
