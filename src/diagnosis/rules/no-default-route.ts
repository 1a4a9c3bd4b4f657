import { defineRule } from '../../model/rule.ts';
import { lacksDefaultRoute, readLinks } from '../links.ts';
import { connectTo } from '../reach.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

/** Silent where targets outside answer all the same, over other routes. */
export default defineRule({
  id: 'no-default-route',
  code: 'NC2001',
  layer: 'interface',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['interface', 'tcp-connect', 'http-get'],
  evaluate: ({ target, observations }) => {
    const links = readLinks(observations.interface);
    const outside = connectTo(observations, 'internet');
    if (lacksDefaultRoute(links) !== true || outside.state === 'ok') return [];
    const clusterWorks = connectTo(observations, 'kubernetes-api').state === 'ok';
    const down = (links.addresses?.links ?? []).filter(({ up }) => !up).map(({ name }) => name);
    return [
      {
        summary: 'The pod has no default route, so packets to other networks have nowhere to go',
        // With nothing asked outside, a pod whose own routes reach the cluster may be meant to be so.
        severity: clusterWorks && outside.state === 'not-asked' ? 'warning' : 'error',
        confidence: 'certain',
        evidence: [
          `ip route shows ${links.routes?.routes ?? 0} routes, no default`,
          ...(down.length === 0 ? [] : [`${listed(down)} is down`]),
        ],
        explains: ['host-unreachable', 'internet-unreachable', 'nameserver-silent', 'connection-timed-out'],
        next: [
          kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
          'kubectl get pods -n kube-system -o wide',
        ],
      },
    ];
  },
});
