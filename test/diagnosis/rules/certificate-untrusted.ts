import type { RuleCases } from '../build.ts';
import { certificateGet, toService } from '../to-destination.ts';
import { hostGet, toOutside } from '../to-outside.ts';
import { CERTIFICATE, refusedAs, served, toTls, verified } from '../with-tls.ts';

const PUBLIC = { ...CERTIFICATE, subject: 'CN=example.com', sans: ['example.com'] };
const outside = (why: 'untrusted' | 'self-signed') =>
  toOutside({
    observations: [
      hostGet(served(PUBLIC)),
      certificateGet(refusedAs(why, PUBLIC), { url: 'https://example.com/' }),
    ],
  });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a private authority, inside: whether the app trusts it is not known',
      facts: toTls(),
      summary:
        /^The certificate of https:..web. is signed by CN=lab-ca, which is no public authority: an app has to trust it$/,
      about: 'destination',
      severity: 'warning',
      confidence: 'possible',
      tells: [/^curl: SSL certificate problem/, /what the app trusts is not known/],
    },
    {
      name: 'self-signed, inside',
      facts: toTls({ checked: refusedAs('self-signed', CERTIFICATE, 18) }),
      summary: /is self-signed: an app has to trust this very certificate$/,
      severity: 'warning',
    },
    {
      name: 'of a host in the world',
      facts: outside('untrusted'),
      summary:
        /is signed by CN=lab-ca, and does not lead to a public authority: a client that checks certificates refuses it$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/intermediate certificates/],
    },
    {
      name: 'self-signed, of a host in the world',
      facts: outside('self-signed'),
      summary: /is self-signed: a client that checks certificates refuses it$/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'no TLS is asked for', facts: toService() },
    { name: 'a public authority', facts: toTls({ checked: verified(CERTIFICATE) }) },
    {
      name: 'it has expired, which is worse',
      facts: toTls({ certificate: { ...CERTIFICATE, notAfter: '2026-11-18T09:00:00Z' } }),
    },
    {
      name: 'it is for another name, which is worse',
      facts: toTls({ certificate: { ...CERTIFICATE, sans: ['a.example'] } }),
    },
    { name: 'it was not checked', facts: toTls({ lost: ['http-get/to/443/certificate'] }) },
    {
      name: 'the handshake failed before there was one',
      facts: toTls({
        checked: { kind: 'tls-failed', why: 'handshake', detail: 'alert', phases: { total: 3 } },
      }),
    },
  ],
};
