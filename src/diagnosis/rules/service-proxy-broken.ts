import { defineRule } from '../../model/rule.ts';
import { proxyDrafts } from '../destination/service/front-dead.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';

/** That traffic policy Local leads nowhere on this node is no fault of the proxy: `traffic-policy-local`. */
export default defineRule({
  id: 'service-proxy-broken',
  code: 'NC4008',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationService', 'destinationEndpointSlices'],
  uses: [...NAME_EVIDENCE, ...BEHIND_EVIDENCE, 'kubeProxyPods', 'networkDaemonSets'],
  probes: [...NAME_PROBES, ...BEHIND_PROBES],
  evaluate: ({ destination, maybe, observations }) =>
    destination === undefined ? [] : proxyDrafts(destination, maybe, observations),
});
