import type { RuleCases } from '../build.ts';
import { toService } from '../to-destination.ts';
import { CERTIFICATE, NOW, refusedAs, toTls, verified } from '../with-tls.ts';

const EXPIRED = { ...CERTIFICATE, notAfter: '2026-11-18T09:00:00Z' };
const OLD_CHAIN = { ...CERTIFICATE, notAfter: '2027-04-01T00:00:00Z' };
const LATER = { ...CERTIFICATE, notBefore: '2026-11-22T00:00:00Z' };

export const cases: RuleCases = {
  fires: [
    {
      name: 'three days ago, of a private authority, for which curl refuses it first',
      facts: toTls({ certificate: EXPIRED }),
      summary:
        /^The certificate of https:..web. expired 3 days ago, on 2026-11-18 09:00 UTC: a client that checks certificates refuses it$/,
      about: 'destination',
      severity: 'error',
      confidence: 'certain',
      tells: [
        /^signed by CN=lab-ca$/,
        /^asked at 2026-11-21T10:00:00Z$/,
        /^openssl s_client -connect web:443 -servername web <.dev.null/,
        /^kubectl get secrets --field-selector type=kubernetes.io.tls -n shop$/,
      ],
    },
    {
      name: 'an hour ago',
      facts: toTls({ certificate: { ...CERTIFICATE, notAfter: '2026-11-21T08:30:00Z' } }),
      summary: /expired 1 hour ago/,
    },
    {
      name: 'it begins tomorrow',
      facts: toTls({ certificate: LATER }),
      summary: /is valid only from 2026-11-22 00:00 UTC on, in 14 hours: a client/,
      confidence: 'certain',
    },
    {
      name: 'one endpoint of two has not loaded the renewed one',
      facts: toTls({ second: EXPIRED }),
      summary:
        /^The certificate that pod.web-1 \(10.244.0.22, node-1\) shows for https:..web. expired 3 days ago/,
      tells: [
        /^pod.web-0 \(10.244.0.21, node-1\): valid to 2027-05-01 00:00 UTC$/,
        /^pod.web-1 .*: valid to 2026-11-18 09:00 UTC$/,
      ],
    },
    {
      name: 'the dates are not told: curl says so',
      facts: toTls({ certificate: {}, checked: refusedAs('expired', {}, 10) }),
      summary: /is refused as expired: a client that checks certificates refuses it$/,
      confidence: 'certain',
    },
    {
      name: 'valid by its own dates: an authority above it has expired, or a clock is wrong',
      facts: toTls({ checked: refusedAs('expired', CERTIFICATE, 10) }),
      summary: /is refused as expired$/,
      confidence: 'likely',
      tells: [/an authority above it has expired, or the clock/],
    },
    {
      name: 'valid by its own dates at one endpoint of two, and refused there as expired: the chain it sends',
      facts: toTls({
        checked: verified(CERTIFICATE),
        second: OLD_CHAIN,
        secondChecked: refusedAs('expired', OLD_CHAIN, 10),
      }),
      summary: /^The certificate that pod.web-1 .* is refused as expired$/,
      confidence: 'likely',
      tells: [/^1 of 2 endpoints shows it/],
    },
  ],
  silent: [
    { name: 'no TLS is asked for', facts: toService() },
    {
      name: 'the pod accepted it: the clock of the machine that asks is wrong',
      facts: toTls({ checked: verified(CERTIFICATE), gatheredAt: '2031-01-01T00:00:00Z' }),
    },
    { name: 'valid, of a private authority', facts: toTls() },
    {
      name: 'valid for one minute more',
      facts: toTls({ certificate: { ...CERTIFICATE, notAfter: '2026-11-21T10:01:00Z' } }),
    },
    {
      name: 'expired in the meantime: it is the time of the case that counts',
      facts: toTls({ certificate: EXPIRED, gatheredAt: '2026-11-01T00:00:00Z' }),
    },
    {
      name: 'of one endpoint nothing is told',
      facts: toTls({ second: {} }),
    },
    {
      name: 'the chain is right at both endpoints',
      facts: toTls({ checked: verified(CERTIFICATE), second: OLD_CHAIN, secondChecked: verified(OLD_CHAIN) }),
    },
    { name: 'the authority is public', facts: toTls({ checked: verified(CERTIFICATE), gatheredAt: NOW }) },
  ],
};
