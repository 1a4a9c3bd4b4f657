import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { byUrl, certificatesOf } from '../certificates/certificates.ts';
import { endingSoon, invalidity } from '../certificates/dates.ts';
import { certificateCommands, certificateFacts, eachEndpoint, showerOf } from '../certificates/wording.ts';
import { DESTINATION_EVIDENCE } from '../destination/read.ts';

/** Of several endpoints the one that is the first to expire; nothing where one has expired already. */
export default defineRule({
  id: 'certificate-expires-soon',
  code: 'NC7006',
  layer: 'tls',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: DESTINATION_EVIDENCE,
  probes: ['http-get'],
  evaluate: ({ destination, gatheredAt, maybe, observations }) => {
    if (destination === undefined) return [];
    const endpoints = destinationEndpoints(destination, maybe);
    return byUrl(certificatesOf(observations['http-get'], endpoints)).flatMap((same) => {
      if (same.some((one) => invalidity(one, gatheredAt, same) !== undefined)) return [];
      const [first] = same
        .flatMap((certificate) => {
          const ending = endingSoon(certificate, gatheredAt);
          return ending === undefined ? [] : [{ certificate, ending }];
        })
        .sort((a, b) =>
          (a.certificate.facts.notAfter ?? '').localeCompare(b.certificate.facts.notAfter ?? '', 'en'),
        );
      if (first === undefined) return [];
      const { ending } = first;
      const alike = same.filter(({ facts }) => facts.notAfter === first.certificate.facts.notAfter);
      const shower = showerOf(alike, same, endpoints);
      if (shower === undefined) return [];
      const { certificate, subject, lines } = shower;
      return [
        {
          about: 'destination',
          confidence: 'certain' as const,
          summary: `${subject} expires ${ending.text}`,
          evidence: [
            ...certificateFacts(certificate),
            ...lines,
            ...eachEndpoint(same, endpoints),
            `told from ${ending.limit} before it expires`,
          ],
          next: certificateCommands(certificate, destination),
        },
      ];
    });
  },
});
