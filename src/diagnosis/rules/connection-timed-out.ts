import { defineRule } from '../../model/rule.ts';
import { connectDrafts } from '../connect-drafts.ts';

export default defineRule({
  id: 'connection-timed-out',
  code: 'NC6004',
  layer: 'port',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'networkPolicies'],
  probes: ['dns-lookup', 'tcp-connect', 'http-get', 'icmp-echo'],
  evaluate: ({ maybe, observations }) => connectDrafts(observations, maybe, ['timed-out'], true),
});
