import { defineRule } from '../../model/rule.ts';
import { certificatesOf } from '../certificates/certificates.ts';
import { distrustOf, distrustSeverity } from '../certificates/trust.ts';
import { certificateCommands, certificateFacts } from '../certificates/wording.ts';

const WORSE: readonly string[] = ['certificate-expired', 'certificate-name-mismatch'];

/** Inside, a private authority is usual, and whether the app trusts it is not known: a warning, and none where the certificate has worse. */
export default defineRule({
  id: 'certificate-untrusted',
  code: 'NC7002',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['http-get', 'dns-lookup'],
  evaluate: ({ destination, observations, findings }) => {
    if (destination === undefined) return [];
    const severity = distrustSeverity(observations, destination);
    const worse = findings.some((one) => WORSE.includes(one.id) && one.severity === 'error');
    if (severity === 'warning' && worse) return [];
    return certificatesOf(observations['http-get']).flatMap((certificate) => {
      const distrust = distrustOf(certificate);
      if (distrust === undefined) return [];
      const { url, facts, detail } = certificate;
      const issuer = facts.issuer ?? 'an authority that is not told';
      const who =
        distrust === 'self-signed'
          ? 'is self-signed'
          : severity === 'error'
            ? `is signed by ${issuer}, and does not lead to a public authority`
            : `is signed by ${issuer}, which is no public authority`;
      const then =
        severity === 'error'
          ? 'a client that checks certificates refuses it'
          : `an app has to trust ${distrust === 'self-signed' ? 'this very certificate' : 'it'}`;
      return [
        {
          about: 'destination',
          severity,
          confidence: severity === 'error' ? ('likely' as const) : ('possible' as const),
          summary: `The certificate of ${url} ${who}: ${then}`,
          evidence: [
            ...(detail === undefined ? [] : [`curl: ${detail}`]),
            ...certificateFacts(certificate),
            'the debug image trusts the public authorities; what the app trusts is not known',
            ...(severity === 'error' && distrust === 'untrusted'
              ? [
                  'a server that does not send its intermediate certificates looks like this, and so does a proxy that reads TLS on the way',
                ]
              : []),
          ],
          next: certificateCommands(certificate.url, destination),
        },
      ];
    });
  },
});
