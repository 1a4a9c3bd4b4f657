import { defineRule } from '../../model/rule.ts';
import { connectDrafts } from '../connect-drafts.ts';
import { httpDrafts } from '../http.ts';

/** At the connection, or after it stood. */
export default defineRule({
  id: 'connection-reset',
  code: 'NC6006',
  layer: 'port',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'networkPolicies'],
  probes: ['dns-lookup', 'tcp-connect', 'http-get', 'icmp-echo'],
  evaluate: ({ maybe, observations, internetMode }) => [
    ...connectDrafts(observations, maybe, ['reset'], false),
    ...httpDrafts(observations, internetMode, 'connection-reset', {
      evidence: ['a firewall that reads the traffic, or a proxy that gives up, looks like this too'],
    }),
  ],
});
