import { defineRule } from '../../model/rule.ts';
import { lookupDrafts } from '../name-drafts.ts';
import { capital } from '../wording.ts';

export default defineRule({
  id: 'name-server-failure',
  code: 'NC3003',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod'],
  probes: ['dns-lookup', 'tcp-connect'],
  evaluate: ({ maybe, observations }) =>
    lookupDrafts(observations, maybe.pod, {
      kind: 'server-failure',
      summary: (servers, names) => `${capital(servers)} answers SERVFAIL for ${names}`,
      next: [
        'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=50',
        'kubectl get configmap coredns -n kube-system -o yaml',
      ],
    }),
});
