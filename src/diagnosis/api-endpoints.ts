/** Whether anything is behind default/kubernetes, the API server as every pod sees it. */
import type { Evidence } from '../model/evidence.ts';
import type { FindingDraft } from '../model/rule.ts';
import { clusterIPs, readyAddresses, serviceName } from './endpoints.ts';
import { connectTo, type ReachSeen } from './reach.ts';
import { listed } from './wording.ts';

export const apiWithoutEndpoints = (
  { apiService, apiEndpointSlices }: Pick<Evidence, 'apiService' | 'apiEndpointSlices'>,
  seen: ReachSeen,
): readonly FindingDraft[] => {
  if (apiService.state !== 'known' || apiEndpointSlices.state !== 'known') return [];
  const { state } = connectTo(seen, 'kubernetes-api');
  if (readyAddresses(apiEndpointSlices.value).length > 0 || state === 'ok') return [];
  return [
    {
      about: 'kubernetes-api',
      confidence: state === 'failed' ? 'certain' : 'likely',
      summary: `${serviceName(apiService.value)} has no ready endpoint, so nothing answers on ${listed(clusterIPs(apiService.value))}`,
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
};
