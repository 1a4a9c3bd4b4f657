import type { RuleCases } from '../build.ts';
import { toService } from '../to-destination.ts';
import { CERTIFICATE, toTls } from '../with-tls.ts';

const SOON = { ...CERTIFICATE, notAfter: '2026-11-26T09:00:00Z' };

export const cases: RuleCases = {
  fires: [
    {
      name: 'in less than five days',
      facts: toTls({ certificate: SOON }),
      summary: /^The certificate of https:..web. expires in 4 days, on 2026-11-26 09:00 UTC$/,
      about: 'destination',
      severity: 'warning',
      confidence: 'certain',
      tells: [/^told from 14 days before it expires$/],
    },
    {
      name: 'one endpoint of two has not loaded the renewed one',
      facts: toTls({ second: SOON }),
      summary: /^The certificate that pod.web-1 .* expires in 4 days/,
      tells: [/^pod.web-0 .*: valid to 2027-05-01 00:00 UTC$/],
    },
    {
      name: 'one that lives a day, with three hours left',
      facts: toTls({
        certificate: {
          ...CERTIFICATE,
          notBefore: '2026-11-20T13:00:00Z',
          notAfter: '2026-11-21T13:00:00Z',
        },
      }),
      summary: /expires in 3 hours/,
      tells: [/^told from 6 hours before it expires$/],
    },
    {
      name: 'of its beginning nothing is told',
      facts: toTls({ certificate: { notAfter: '2026-12-04T10:00:00Z' } }),
      summary: /expires in 13 days/,
    },
  ],
  silent: [
    { name: 'no TLS is asked for', facts: toService() },
    { name: 'valid for months', facts: toTls() },
    {
      name: 'fifteen days are left',
      facts: toTls({ certificate: { ...CERTIFICATE, notAfter: '2026-12-06T11:00:00Z' } }),
    },
    {
      name: 'one that lives a day, renewed in time',
      facts: toTls({
        certificate: {
          ...CERTIFICATE,
          notBefore: '2026-11-21T00:00:00Z',
          notAfter: '2026-11-22T00:00:00Z',
        },
      }),
    },
    {
      name: 'expired: that is told',
      facts: toTls({ certificate: { ...CERTIFICATE, notAfter: '2026-11-18T09:00:00Z' } }),
    },
    { name: 'of the second endpoint nothing is told', facts: toTls({ second: {} }) },
  ],
};
