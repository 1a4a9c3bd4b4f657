import { ingressFronts } from '../../destination/ingress.ts';
import { defineRule } from '../../model/rule.ts';
import { connectTo } from '../reach.ts';
import { inCommand, kubectl } from '../wording.ts';

/** Silent where its host answers all the same: some controllers write no address. */
export default defineRule({
  id: 'ingress-without-address',
  code: 'NC9005',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationIngress'],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ destination, evidence: { destinationIngress: ingress }, observations }) => {
    if (destination?.kind !== 'ingress' || ingressFronts(ingress).length > 0) return [];
    if (connectTo(observations, 'destination').state === 'ok') return [];
    const { name, namespace = 'default' } = ingress.metadata;
    const { ingressClassName } = ingress.spec;
    return [
      {
        confidence: 'likely',
        summary: `Ingress ${name} has no address: it seems that no controller has taken it`,
        evidence: [
          ingressClassName === undefined
            ? 'it names no class, so the default one would have to take it'
            : `its class is ${ingressClassName}`,
        ],
        explains: [
          'connection-timed-out/destination',
          'connection-refused/destination',
          'host-unreachable/destination',
          'name-not-found/external-name',
        ],
        next: [
          kubectl(namespace, 'describe', 'ingress', inCommand(name, 'INGRESS')),
          'kubectl get ingressclasses',
        ],
      },
    ];
  },
});
