import { defineRule } from '../../model/rule.ts';
import { clusterIPs, readyAddresses, serviceName } from '../endpoints.ts';
import { connectTo } from '../reach.ts';
import { listed } from '../wording.ts';

/** So far of the Service that every pod has: default/kubernetes. Silent where the connection works, whatever the slices say. */
export default defineRule({
  id: 'endpoints-not-ready',
  code: 'NC4003',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['apiService', 'apiEndpointSlices'],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ evidence: { apiService, apiEndpointSlices }, observations }) => {
    const { state } = connectTo(observations, 'kubernetes-api');
    if (readyAddresses(apiEndpointSlices).length > 0 || state === 'ok') return [];
    return [
      {
        about: 'kubernetes-api',
        confidence: state === 'failed' ? 'certain' : 'likely',
        summary: `${serviceName(apiService)} has no ready endpoint, so nothing answers on ${listed(clusterIPs(apiService))}`,
        evidence: [
          'the API servers write its EndpointSlice themselves; this one was read through another address',
        ],
        explains: [
          'connection-refused/kubernetes-api',
          'connection-timed-out/kubernetes-api',
          'host-unreachable/kubernetes-api',
        ],
        next: ['kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes -o yaml'],
      },
    ];
  },
});
