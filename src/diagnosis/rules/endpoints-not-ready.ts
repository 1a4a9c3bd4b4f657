import { defineRule } from '../../model/rule.ts';
import { apiWithoutEndpoints } from '../api-endpoints.ts';
import { withoutReadyEndpoint } from '../destination/pods/nothing-ready.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';

/** Of the Service that every pod has (default/kubernetes), or of the destination. Silent where it works all the same, whatever the slices say. */
export default defineRule({
  id: 'endpoints-not-ready',
  code: 'NC4003',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: [...BEHIND_EVIDENCE, 'destinationEvents', 'apiService', 'apiEndpointSlices'],
  probes: BEHIND_PROBES,
  evaluate: ({ destination, gatheredAt, internetMode, maybe, observations }) =>
    destination === undefined
      ? apiWithoutEndpoints(maybe, observations)
      : withoutReadyEndpoint({ destination, gatheredAt, internetMode, maybe, observations }),
});
