import { known, type RuleCases } from '../build.ts';
import { ingress, toIngress } from '../to-ingress.ts';

const without = { metadata: { name: 'shop', namespace: 'shop' }, spec: ingress().spec };
const nothingAsked = ['destination'] as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'no controller has taken it',
      facts: toIngress({ without: nothingAsked, evidence: { destinationIngress: known(without) } }),
      summary: /^Ingress shop has no address: it seems that no controller has taken it$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/its class is nginx/, /^kubectl describe ingress shop -n shop$/],
    },
  ],
  silent: [
    {
      name: 'it has one',
      facts: toIngress({
        without: nothingAsked,
        evidence: { destinationIngress: known(ingress({ ingressClassName: 'other' })) },
      }),
    },
    {
      name: 'its host answers all the same',
      facts: toIngress({ evidence: { destinationIngress: known(without) } }),
    },
  ],
};
