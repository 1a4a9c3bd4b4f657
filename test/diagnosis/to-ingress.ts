/** A healthy pod that was asked to reach an Ingress. */
import type { Observation } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { Destination } from '../../src/model/destination.ts';
import type { Ingress } from '../../src/model/kubernetes.ts';
import { answer, known, lookup, responded } from './build.ts';
import { frontConnect, toService } from './to-destination.ts';

const FRONT = '203.0.113.10';
const toShop: Destination = {
  requested: 'ingress/shop',
  kind: 'ingress',
  namespace: 'shop',
  name: 'shop',
  host: 'shop.example',
  url: 'http://shop.example/',
};

export const ingress = (
  changes: Partial<Ingress['spec']> = {},
  front: string | undefined = FRONT,
): Ingress => ({
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
          ],
        },
      },
    ],
    ...changes,
  },
  ...(front === undefined ? {} : { status: { loadBalancer: { ingress: [{ ip: front }] } } }),
});

const request: Observation = {
  id: 'http-get/to/80',
  probe: 'http-get',
  purpose: 'destination',
  question: { url: 'http://shop.example/', insecure: true, connectTo: { address: FRONT } },
  outcome: responded(200),
};

export const toIngress = (changes: Parameters<typeof toService>[0] = {}): Facts =>
  toService({
    destination: toShop,
    ...changes,
    without: ['destination-endpoint', 'destination-name', ...(changes.without ?? [])],
    evidence: { destinationIngress: known(ingress()), ...changes.evidence },
    observations: [
      lookup('shop.example', answer('shop.example', FRONT)),
      ...(changes.observations ?? [frontConnect({ kind: 'open' }, { host: FRONT }), request]),
    ],
  });
