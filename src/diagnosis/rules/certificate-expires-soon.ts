import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { certificatesOf } from '../certificates/certificates.ts';
import { endingSoon, invalidity } from '../certificates/dates.ts';
import {
  certificateCommands,
  certificateFacts,
  certificateName,
  eachEndpoint,
} from '../certificates/wording.ts';
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
    const all = certificatesOf(observations['http-get']);
    return [...new Set(all.map(({ url }) => url))].flatMap((url) => {
      const same = all.filter((one) => one.url === url);
      if (same.some((one) => invalidity(one, gatheredAt) !== undefined)) return [];
      const [first] = same
        .flatMap((certificate) => {
          const ending = endingSoon(certificate, gatheredAt);
          return ending === undefined ? [] : [{ certificate, ending }];
        })
        .sort((a, b) =>
          (a.certificate.facts.notAfter ?? '').localeCompare(b.certificate.facts.notAfter ?? '', 'en'),
        );
      if (first === undefined) return [];
      const { certificate, ending } = first;
      return [
        {
          about: 'destination',
          confidence: 'certain' as const,
          summary: `${certificateName(certificate, endpoints)} expires ${ending.text}`,
          evidence: [
            ...certificateFacts(certificate),
            ...eachEndpoint(same, endpoints),
            `told from ${ending.limit} before it expires`,
          ],
          next: certificateCommands(certificate.url, destination),
        },
      ];
    });
  },
});
