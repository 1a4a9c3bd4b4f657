import { known, type RuleCases } from '../build.ts';
import { webService } from '../to-destination.ts';
import { ingress, toIngress } from '../to-ingress.ts';

const leadsTo = (name: string, number: number) =>
  known(
    ingress({
      rules: [
        { host: 'shop.example', http: { paths: [{ backend: { service: { name, port: { number } } } }] } },
      ],
    }),
  );

export const cases: RuleCases = {
  fires: [
    {
      name: 'no such Service',
      facts: toIngress({
        evidence: { destinationIngress: leadsTo('wbe', 80), destinationService: { state: 'absent' } },
      }),
      summary: /^Ingress shop leads to Service wbe, which does not exist in namespace shop$/,
      severity: 'error',
      confidence: 'certain',
    },
    {
      name: 'no such port',
      facts: toIngress({
        evidence: { destinationIngress: leadsTo('web', 8080), destinationService: known(webService()) },
      }),
      summary: /^Ingress shop leads to port 8080 of Service web, which has none such$/,
      tells: [/80 \(http\)/],
    },
  ],
  silent: [
    {
      name: 'the Service may not be read',
      facts: toIngress({
        evidence: {
          destinationIngress: leadsTo('wbe', 80),
          destinationService: {
            state: 'forbidden',
            right: { verb: 'get', group: '', resource: 'services', namespace: 'shop' },
          },
        },
      }),
    },
    { name: 'it has that port', facts: toIngress({ evidence: { destinationIngress: leadsTo('web', 80) } }) },
  ],
};
