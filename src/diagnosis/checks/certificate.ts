/** Where TLS is asked for: are name and dates of the certificate right? Whom the app trusts is not known, and not judged inside. */
import { destinationEndpoints } from '../../destination/endpoints.ts';
import type { Destination } from '../../model/destination.ts';
import type { Check } from '../../model/report.ts';
import { byUrl, type Certificate, certificatesOf, endpointAsked } from '../certificates/certificates.ts';
import { dateText, invalidity } from '../certificates/dates.ts';
import { mismatchOf, mismatchSeverity } from '../certificates/names.ts';
import { distrustOf, distrustSeverity } from '../certificates/trust.ts';
import { httpTo } from '../http.ts';
import type { HttpGet } from '../http-fault.ts';
import { ofPurpose, whyUnmeasured } from '../observed.ts';
import { wayWords } from '../proxy-way.ts';
import { listedShort, unique } from '../wording.ts';
import type { View } from './view.ts';

/** What makes it an error; the same as the rules say. `same`: all that was shown for the same URL. */
const faultOf = (
  certificate: Certificate,
  same: readonly Certificate[],
  { seen, gatheredAt }: View,
  destination: Destination,
): string | undefined => {
  const invalid = invalidity(certificate, gatheredAt, same);
  if (invalid !== undefined) return invalid.text;
  const mismatch = mismatchOf(certificate, destination, same);
  if (mismatch !== undefined && mismatchSeverity(mismatch, destination) === 'error')
    return `is not for ${certificate.host}`;
  return distrustOf(certificate) !== undefined &&
    distrustSeverity(seen, destination, certificate, same) === 'error'
    ? 'is not trusted'
    : undefined;
};

/** Chain and name were looked at, whatever came of it. */
const isChecked = (certificate: Certificate): boolean => certificate.facts.verified !== undefined;

/** The same request, with any certificate accepted, gets through. */
const isServed = (asked: HttpGet['question'], { seen, internetMode }: View): boolean =>
  endpointAsked(asked) === undefined
    ? httpTo(seen, 'destination', internetMode).answered.some(({ question }) => question.url === asked.url)
    : ofPurpose(seen['http-get'], 'destination-endpoint').some(
        ({ question, outcome }) =>
          question.url === asked.url &&
          endpointAsked(question) === endpointAsked(asked) &&
          outcome.kind === 'responded',
      );

/** None where no TLS is asked for. */
export const destinationCertificateCheck = (view: View, destination: Destination): readonly Check[] => {
  const endpoints = destinationEndpoints(destination, view.evidence);
  const asked = ofPurpose(view.seen['http-get'], 'destination-certificate').filter(
    ({ question }) => endpoints?.find(({ address }) => address === endpointAsked(question))?.ready !== false,
  );
  if (asked.length === 0) return [];
  const check = { layer: 'tls', id: 'destination-certificate' } as const;
  const all = certificatesOf(view.seen['http-get'], endpoints);
  const bad = byUrl(all).flatMap((same) => {
    const faults = same.flatMap((certificate) => {
      const fault = faultOf(certificate, same, view, destination);
      return fault === undefined ? [] : [{ ...certificate, fault }];
    });
    const front = faults.filter(({ address }) => address === undefined);
    // What the front shows is an endpoint's own.
    const more = faults.filter(({ fault }) => !front.some((one) => one.fault === fault));
    return [...front, ...more].map(
      ({ url, address, fault }) =>
        `the certificate of ${url}${address === undefined ? '' : ` at ${address}`} ${fault}`,
    );
  });
  if (bad.length > 0) return [{ ...check, state: 'failed', detail: listedShort(unique(bad)) }];
  const checked = all.filter(isChecked);
  const missing = asked.filter(
    ({ question }) =>
      !checked.some(({ url, address }) => url === question.url && address === endpointAsked(question)),
  );
  // One that is not served is told by a finding of its own; what is served, and was not looked at, weighs more.
  const first = missing.find(({ question }) => isServed(question, view)) ?? missing[0];
  const fronts = checked.filter(({ address }) => address === undefined);
  if (first === undefined)
    return [
      {
        ...check,
        state: 'ok',
        detail: fronts
          .map(({ url, facts: { notAfter } }) => {
            const whose = fronts.length === 1 ? 'certificate' : `certificate of ${url}`;
            return `${whose}${notAfter === undefined ? ' is right' : ` valid to ${dateText(notAfter)}`}`;
          })
          .join(', '),
      },
    ];
  const at = endpointAsked(first.question);
  const where = `${first.question.url}${at === undefined ? '' : ` at ${at}`}`;
  return [
    {
      ...check,
      state: 'unknown',
      // A handshake that fails is told by a finding of its own.
      ...(isServed(first.question, view) ? {} : { needs: 'port' as const }),
      detail: `the certificate was not checked: ${whyUnmeasured(first) ?? `${where}: ${wayWords(first.outcome)}`}`,
    },
  ];
};
