import type { OutcomeOf } from '../../../probes/index.ts';
import type { RuleCases } from '../build.ts';
import { ENDPOINTS, endpointGet, frontGet, toService } from '../to-destination.ts';

const after = (
  phases: Extract<OutcomeOf<'http-get'>, { kind: 'responded' }>['phases'],
): OutcomeOf<'http-get'> => ({
  kind: 'responded',
  status: 200,
  phases,
});
const asked = (outcome: OutcomeOf<'http-get'>) => toService({ observations: [frontGet(outcome)] });
const SLOW = after({ name: 2, connect: 4, firstByte: 3004, total: 3005 });

export const cases: RuleCases = {
  fires: [
    {
      name: 'the app takes three seconds',
      facts: asked(SLOW),
      summary: /^http:..web. is slow: 3.0 s went by in the server, before the first byte of its answer$/,
      about: 'destination',
      severity: 'warning',
      confidence: 'certain',
      tells: [
        /^dns 2 ms, connect 2 ms, first byte 3.0 s$/,
        /^first byte: told from 2.0 s on$/,
        /^pod.web-0 .*: first byte 4 ms$/,
      ],
    },
    {
      name: 'the lookup',
      facts: asked(after({ name: 1500, connect: 1502, firstByte: 1510, total: 1511 })),
      summary: /1.5 s went by in the lookup of its name$/,
    },
    {
      name: 'the connection',
      facts: asked(after({ name: 2, connect: 1010, firstByte: 1020, total: 1021 })),
      summary: /1.0 s went by in the connection$/,
      tells: [/a packet that was lost and sent again/],
    },
    {
      name: 'the handshake',
      facts: asked(after({ name: 2, connect: 4, tls: 1204, firstByte: 1300, total: 1301 })),
      summary: /1.2 s went by in the TLS handshake$/,
    },
    {
      name: 'one endpoint of two',
      facts: toService({ observations: [endpointGet(ENDPOINTS[1], SLOW)] }),
      summary: /^http:..web. at pod.web-1 \(10.244.0.22, node-1\) is slow/,
      tells: [
        /^pod.web-0 .*: first byte 4 ms$/,
        /^pod.web-1 .*: first byte 3.0 s$/,
        /^kubectl logs web-1 --tail=50 -n shop$/,
      ],
    },
  ],
  silent: [
    { name: 'quick', facts: toService() },
    {
      name: 'just below',
      facts: asked(after({ name: 900, connect: 1800, tls: 2700, firstByte: 4600, total: 4601 })),
    },
    { name: 'the body is long', facts: asked(after({ name: 2, connect: 4, firstByte: 20, total: 4000 })) },
    {
      name: 'no answer at all is told by another',
      facts: asked({ kind: 'timed-out', phase: 'first-byte', phases: { total: 5000 } }),
    },
    { name: 'not measured', facts: toService({ observations: [frontGet(SLOW)], lost: ['http-get/to/80'] }) },
  ],
};
