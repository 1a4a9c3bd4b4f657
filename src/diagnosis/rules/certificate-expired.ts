import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { byUrl, certificatesOf } from '../certificates/certificates.ts';
import { invalidity } from '../certificates/dates.ts';
import { certificateCommands, certificateFacts, eachEndpoint, showerOf } from '../certificates/wording.ts';
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
    return byUrl(certificatesOf(observations['http-get'], endpoints)).flatMap((same) => {
      const shower = showerOf(
        same.filter((one) => invalidity(one, gatheredAt, same) !== undefined),
        same,
        endpoints,
      );
      if (shower === undefined) return [];
      const { certificate, subject, lines } = shower;
      const why = invalidity(certificate, gatheredAt, same);
      if (why === undefined) return [];
      return [
        {
          about: 'destination',
          confidence: why.disputed ? ('likely' as const) : ('certain' as const),
          summary: `${subject} ${why.text}${why.disputed ? '' : ': a client that checks certificates refuses it'}`,
          evidence: [
            ...certificateFacts(certificate),
            ...lines,
            ...eachEndpoint(same, endpoints),
            ...(gatheredAt === undefined ? [] : [`asked at ${gatheredAt}`]),
            ...(why.disputed
              ? [
                  "by its own dates it was valid then: an authority above it has expired, or the clock of the pod's node is wrong",
                ]
              : []),
          ],
          next: certificateCommands(certificate, destination),
        },
      ];
    });
  },
});
