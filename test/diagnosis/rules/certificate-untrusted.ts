import type { RuleCases } from '../build.ts';
import { certificateGet, toService } from '../to-destination.ts';
import { hostGet, toOutside } from '../to-outside.ts';
import { CERTIFICATE, refusedAs, served, toTls, verified } from '../with-tls.ts';

const PUBLIC = { ...CERTIFICATE, subject: 'CN=example.com', sans: ['example.com'] };
const ITS_OWN = { ...CERTIFICATE, issuer: 'CN=web' };
const OTHER_CA = { ...CERTIFICATE, issuer: 'CN=old-ca' };
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
    {
      name: 'one endpoint of two is self-signed, the other has a public authority',
      facts: toTls({
        checked: verified(CERTIFICATE),
        second: ITS_OWN,
        secondChecked: refusedAs('self-signed', ITS_OWN, 18),
      }),
      summary:
        /^The certificate that pod.web-1 \(10.244.0.22, node-1\) shows for https:..web. is self-signed: a client that trusts CN=lab-ca, as the others need, refuses it$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^1 of 2 endpoints shows it/, /^not all are signed by the same authority/],
    },
    {
      name: 'one endpoint of two is self-signed, the other has a private authority',
      facts: toTls({ second: ITS_OWN, secondChecked: refusedAs('self-signed', ITS_OWN, 18) }),
      summary: /^The certificate that pod.web-1 .* is self-signed: a client that trusts CN=lab-ca/,
      severity: 'error',
    },
    {
      name: 'two private authorities: an app may well trust both',
      facts: toTls({ second: OTHER_CA, secondChecked: refusedAs('untrusted', OTHER_CA) }),
      summary: /^The certificate of https:..web. is signed by CN=lab-ca/,
      severity: 'warning',
      tells: [/^not all are signed by the same authority, .*: CN=lab-ca and CN=old-ca$/],
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
    {
      name: 'a public authority at both endpoints',
      facts: toTls({ checked: verified(CERTIFICATE), secondChecked: verified(CERTIFICATE) }),
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
