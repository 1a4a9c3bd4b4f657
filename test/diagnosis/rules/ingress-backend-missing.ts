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

const other = { ...webService(), metadata: { name: 'other', namespace: 'shop' } };

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
    {
      name: 'no such Service, and one is spelt almost so',
      facts: toIngress({
        evidence: {
          destinationIngress: leadsTo('wbe', 80),
          destinationService: { state: 'absent' },
          services: known([webService(), other]),
        },
      }),
      summary: /^Ingress shop leads to Service wbe, which does not exist in namespace shop; web does$/,
      tells: [
        /^Services of namespace shop: web and other$/,
        /^kubectl patch ingress shop --type=json -p '.*"path":"\/spec\/rules\/0\/http\/paths\/0\/backend\/service\/name","value":"web".*' -n shop$/,
      ],
    },
    {
      name: 'no such Service, and none that is spelt like it',
      facts: toIngress({
        evidence: {
          destinationIngress: leadsTo('checkout', 80),
          destinationService: { state: 'absent' },
          services: known([webService(), other]),
        },
      }),
      summary: /does not exist in namespace shop$/,
    },
    {
      name: 'the port of the pods, in place of the Service',
      facts: toIngress({
        evidence: {
          destinationIngress: leadsTo('web', 8080),
          destinationService: known(
            webService({
              ports: [
                { name: 'http', port: 80, targetPort: 8080 },
                { name: 'admin', port: 81, targetPort: 9090 },
              ],
            }),
          ),
        },
      }),
      summary: /port 8080 of Service web/,
      tells: [/8080 is where its pods listen/, /"value":\{"number":80\}/],
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
