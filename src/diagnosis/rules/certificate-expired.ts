import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { certificatesOf } from '../certificates/certificates.ts';
import { invalidity } from '../certificates/dates.ts';
import {
  certificateCommands,
  certificateFacts,
  certificateName,
  eachEndpoint,
} from '../certificates/wording.ts';
import { DESTINATION_EVIDENCE } from '../destination/read.ts';

/** Or not valid yet. A private authority hides it from curl, which refuses such a certificate for its authority first: so the dates tell. */
export default defineRule({
  id: 'certificate-expired',
  code: 'NC7001',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: DESTINATION_EVIDENCE,
  probes: ['http-get'],
  evaluate: ({ destination, gatheredAt, maybe, observations }) => {
    if (destination === undefined) return [];
    const endpoints = destinationEndpoints(destination, maybe);
    const all = certificatesOf(observations['http-get']);
    return [...new Set(all.map(({ url }) => url))].flatMap((url) => {
      const same = all.filter((one) => one.url === url);
      const invalid = same.flatMap((certificate) => {
        const why = invalidity(certificate, gatheredAt);
        // The pod's own clock decides: what it accepted is valid, whatever the machine that asks takes for the time.
        const accepted = same.some(
          ({ facts }) => facts.verified === true && facts.notAfter === certificate.facts.notAfter,
        );
        return why === undefined || accepted ? [] : [{ certificate, why }];
      });
      const [first] = invalid;
      if (first === undefined) return [];
      const { certificate, why } = first;
      return [
        {
          about: 'destination',
          confidence: why.disputed ? ('likely' as const) : ('certain' as const),
          summary: `${certificateName(certificate, endpoints)} ${why.text}${why.disputed ? '' : ': a client that checks certificates refuses it'}`,
          evidence: [
            ...certificateFacts(certificate),
            ...eachEndpoint(same, endpoints),
            ...(gatheredAt === undefined ? [] : [`asked at ${gatheredAt}`]),
            ...(why.disputed
              ? [
                  "by its own dates it was valid then: an authority above it has expired, or the clock of the pod's node is wrong",
                ]
              : []),
          ],
          next: certificateCommands(certificate.url, destination),
        },
      ];
    });
  },
});
