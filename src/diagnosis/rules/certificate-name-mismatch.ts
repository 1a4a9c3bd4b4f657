import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { byUrl, certificatesOf } from '../certificates/certificates.ts';
import { mismatchOf, mismatchSeverity } from '../certificates/names.ts';
import { certificateCommands, certificateFacts, showerOf } from '../certificates/wording.ts';
import { DESTINATION_EVIDENCE } from '../destination/read.ts';
import { readAddress } from '../policy/cidr.ts';
import { listedShort } from '../wording.ts';

/** What ingress-nginx, Traefik and others show for a host for which they have no certificate. */
const OF_A_CONTROLLER = /Kubernetes Ingress Controller Fake Certificate|TRAEFIK DEFAULT CERT/i;

/** Read off the names themselves: curl tells of them only where it trusts the authority. */
export default defineRule({
  id: 'certificate-name-mismatch',
  code: 'NC7003',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: DESTINATION_EVIDENCE,
  probes: ['http-get'],
  evaluate: ({ destination, maybe, observations }) => {
    if (destination === undefined) return [];
    const endpoints = destinationEndpoints(destination, maybe);
    return byUrl(certificatesOf(observations['http-get'], endpoints)).flatMap((same) => {
      const shower = showerOf(
        same.filter((one) => mismatchOf(one, destination, same) !== undefined),
        same,
        endpoints,
      );
      const mismatch = shower === undefined ? undefined : mismatchOf(shower.certificate, destination, same);
      if (shower === undefined || mismatch === undefined) return [];
      const { certificate, subject, lines } = shower;
      const { url, host, facts } = certificate;
      const { names, instead } = mismatch;
      const byAddress = readAddress(host) !== undefined;
      const whose =
        names === undefined
          ? `is not for ${host}`
          : `is for ${names.length === 0 ? 'no name at all' : listedShort(names)}, and not for ${host}`;
      const port = new URL(url).port;
      const better = `https://${instead ?? ''}${port === '' ? '' : `:${port}`}/`;
      return [
        {
          about: 'destination',
          severity: mismatchSeverity(mismatch, destination),
          confidence: 'certain' as const,
          summary: `${subject} ${whose}${instead === undefined ? ': a client that checks certificates refuses it' : `: an app has to ask for ${better}`}`,
          evidence: [
            ...certificateFacts(certificate),
            ...lines,
            ...(byAddress ? [`it was asked for by its address, which certificates seldom hold`] : []),
            ...(OF_A_CONTROLLER.test(facts.subject ?? '')
              ? ["it is the Ingress controller's own: it has no certificate for this host"]
              : []),
          ],
          next: certificateCommands(certificate, destination),
        },
      ];
    });
  },
});
