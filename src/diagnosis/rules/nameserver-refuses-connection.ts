import { defineRule } from '../../model/rule.ts';
import { lookupDrafts } from '../name-drafts.ts';

export default defineRule({
  id: 'nameserver-refuses-connection',
  code: 'NC3002',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod'],
  probes: ['dns-lookup', 'tcp-connect'],
  evaluate: ({ maybe, observations }) =>
    lookupDrafts(observations, maybe.pod, {
      kind: 'connection-refused',
      summary: (servers, _names, effect) => `Port 53 of ${servers} refuses the connection, so ${effect}`,
      next: ['kubectl get pods,endpointslices -n kube-system -l k8s-app=kube-dns -o wide'],
    }),
});
