import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { byUrl, certificatesOf } from '../certificates/certificates.ts';
import { distrustOf, distrustSeverity, trustedBeside } from '../certificates/trust.ts';
import { certificateCommands, certificateFacts, issuersLine, showerOf } from '../certificates/wording.ts';
import { DESTINATION_EVIDENCE } from '../destination/read.ts';
import { couldBe } from '../wording.ts';

const WORSE: readonly string[] = ['certificate-expired', 'certificate-name-mismatch'];

/**
 * Inside, a private authority is usual, and whether the app trusts it is not known: a warning, and none where the certificate has worse.
 * That one endpoint is alone in being distrusted is an error everywhere.
 */
export default defineRule({
  id: 'certificate-untrusted',
  code: 'NC7002',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: DESTINATION_EVIDENCE,
  probes: ['http-get', 'dns-lookup'],
  evaluate: ({ destination, observations, findings, maybe }) => {
    if (destination === undefined) return [];
    const endpoints = destinationEndpoints(destination, maybe);
    const worse = findings.some((one) => WORSE.includes(one.id) && one.severity === 'error');
    return byUrl(certificatesOf(observations['http-get'], endpoints)).flatMap((same) => {
      const wrong = same.filter((one) => distrustOf(one) !== undefined);
      const alone = wrong.filter((one) => trustedBeside(one, same) !== undefined);
      const shower = showerOf(alone.length > 0 ? alone : wrong, same, endpoints);
      const distrust = shower === undefined ? undefined : distrustOf(shower.certificate);
      if (shower === undefined || distrust === undefined) return [];
      const { certificate, subject, lines } = shower;
      const severity = distrustSeverity(observations, destination, certificate, same);
      if (severity === 'warning' && worse) return [];
      const { facts, detail } = certificate;
      const beside = trustedBeside(certificate, same);
      const issuer = facts.issuer ?? 'an authority that is not told';
      const who =
        distrust === 'self-signed'
          ? 'is self-signed'
          : severity === 'error'
            ? `is signed by ${issuer}, and does not lead to a public authority`
            : `is signed by ${issuer}, which is no public authority`;
      const other = beside?.facts.issuer;
      const then =
        severity === 'error'
          ? `a client that ${other === undefined ? 'checks certificates' : `trusts ${other}, as the others need,`} refuses it`
          : `an app has to trust ${distrust === 'self-signed' ? 'this very certificate' : 'it'}`;
      return [
        {
          about: 'destination',
          severity,
          confidence: severity === 'error' ? ('likely' as const) : ('possible' as const),
          summary: `${subject} ${who}: ${then}`,
          evidence: [
            ...(detail === undefined ? [] : [`curl: ${detail}`]),
            ...certificateFacts(certificate),
            ...lines,
            ...issuersLine(same),
            'the debug image trusts the public authorities; what the app trusts is not known',
            ...(severity === 'error' && distrust === 'untrusted'
              ? [
                  couldBe(
                    'a server that does not send its intermediate certificates, or a proxy that reads TLS on the way',
                  ),
                ]
              : []),
          ],
          next: certificateCommands(certificate, destination),
        },
      ];
    });
  },
});
