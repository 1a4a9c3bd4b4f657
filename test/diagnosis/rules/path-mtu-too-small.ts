import { facts, httpTimedOut, internet, pathMtu, type RuleCases } from '../build.ts';
import { frontGet, toService } from '../to-destination.ts';

const HANGING = internet({ kind: 'open' }, httpTimedOut('tls'));
const BLACK_HOLE = pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, tooBig: 1400 });

const TO_ENDPOINT = pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, tooBig: 1400 }, '10.244.0.21');

export const cases: RuleCases = {
  fires: [
    {
      name: 'large packets vanish, and the handshake hangs',
      facts: facts({ observations: [BLACK_HOLE, ...HANGING] }),
      summary:
        /^Large packets to 1.1.1.1 vanish on the way: 1372 bytes come back, 1400 do not, and the pod sends up to 1500$/,
      severity: 'error',
      confidence: 'likely',
      about: '1.1.1.1',
      tells: [
        /nobody told the pod that 1400 bytes are too many/,
        /^https:..example.com.: the connection stands, and no answer comes$/,
        /^ping -M do -s 1372 -c 3 1.1.1.1$/,
      ],
    },
    {
      name: 'large packets vanish, and what is exchanged is small',
      facts: facts({ observations: [BLACK_HOLE] }),
      summary: /vanish/,
      severity: 'error',
      confidence: 'possible',
      tells: [/lowers the MSS of TCP/],
    },
    {
      name: 'large packets vanish, and no request was measured',
      facts: facts({
        observations: [BLACK_HOLE],
        lost: ['http-get/https://example.com/', 'http-get/https://aliyun.com/'],
      }),
      summary: /vanish/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'a router tells, and all works',
      facts: facts({
        observations: [
          pathMtu({
            kind: 'measured',
            mtu: 1400,
            linkMtu: 1500,
            told: 1400,
            toldBy: '10.244.0.1',
            tooBig: 1500,
          }),
        ],
      }),
      summary: /^The way to 1.1.1.1 takes packets of 1400 bytes, and the pod sends up to 1500/,
      severity: 'warning',
      confidence: 'certain',
      tells: [/^10.244.0.1 told: fragmentation needed, MTU 1400$/],
    },
    {
      name: 'a router tells the pod, and nobody the other end: the handshake hangs',
      facts: facts({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1400, linkMtu: 1500, told: 1400, tooBig: 1500 }),
          ...HANGING,
        ],
      }),
      summary: /takes packets of 1400 bytes/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'a router tells of 1400, and behind it even less passes',
      facts: facts({
        observations: [pathMtu({ kind: 'measured', mtu: 1280, linkMtu: 1500, told: 1400, tooBig: 1340 })],
      }),
      summary: /vanish on the way: 1280 bytes come back, 1340 do not/,
      severity: 'error',
    },
    {
      name: 'the route has an MTU of its own, and less passes',
      facts: facts({
        observations: [pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, routeMtu: 1450, tooBig: 1400 })],
      }),
      summary: /the pod sends up to 1450$/,
    },
    {
      name: 'IPv6',
      facts: facts({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1280, linkMtu: 1500, tooBig: 1500 }, '2606:4700:4700::1111'),
        ],
      }),
      summary: /^Large packets to 2606:4700:4700::1111 vanish/,
      tells: [/^ping -M do -s 1452 -c 3 2606:4700:4700::1111$/],
    },
    {
      name: 'to an endpoint, and the answer of the Service never comes',
      facts: toService({ observations: [TO_ENDPOINT, frontGet(httpTimedOut('transfer'))] }),
      summary: /^Large packets to 10.244.0.21 vanish on the way/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^http:..web.: the connection stands, and no answer comes$/],
    },
    {
      name: 'to an endpoint, a router tells, and the answer of the Service never comes: that may have another reason',
      facts: toService({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1400, linkMtu: 1500, told: 1400, tooBig: 1500 }, '10.244.0.21'),
          frontGet(httpTimedOut('first-byte')),
        ],
      }),
      summary: /takes packets of 1400 bytes/,
      severity: 'error',
      confidence: 'possible',
    },
  ],
  silent: [
    {
      name: 'to an endpoint all sizes pass, and the answer of the Service never comes',
      facts: toService({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1500, linkMtu: 1500 }, '10.244.0.21'),
          frontGet(httpTimedOut('transfer')),
        ],
      }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'what fills the link comes back',
      facts: facts({ observations: [pathMtu({ kind: 'measured', mtu: 1500, linkMtu: 1500 })] }),
    },
    {
      name: 'small echoes do not come back either: nothing is known of sizes, though the handshake hangs',
      facts: facts({ observations: [pathMtu({ kind: 'no-reply' }), ...HANGING] }),
    },
    {
      name: 'ping is not permitted',
      facts: facts({ observations: [pathMtu({ kind: 'not-permitted' }), ...HANGING] }),
    },
    {
      name: 'large echoes are refused for another reason than their size',
      facts: facts({
        observations: [
          pathMtu({ kind: 'unreachable', which: 'prohibited', by: '10.244.0.1', payloadBytes: 1472 }),
          ...HANGING,
        ],
      }),
    },
    {
      name: "the link takes more than the internet does, as in some clouds, and the internet's size passes",
      facts: facts({ observations: [pathMtu({ kind: 'measured', mtu: 1500, linkMtu: 9001, tooBig: 9001 })] }),
    },
    {
      name: 'the route has an MTU of its own, and that passes',
      facts: facts({
        observations: [pathMtu({ kind: 'measured', mtu: 1450, linkMtu: 1500, routeMtu: 1450 })],
      }),
    },
    {
      name: 'the link could not be read',
      facts: facts({ observations: [pathMtu({ kind: 'measured', mtu: 1400, told: 1400, tooBig: 1500 })] }),
    },
    {
      name: 'not measured',
      facts: facts({ observations: [BLACK_HOLE, ...HANGING], lost: ['path-mtu/1.1.1.1'] }),
    },
  ],
};
