import { defineRule } from '../../model/rule.ts';
import { httpDrafts } from '../http.ts';

export default defineRule({
  id: 'http-server-error',
  code: 'NC7101',
  layer: 'protocol',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ observations, internetMode }) =>
    httpDrafts(observations, internetMode, 'http-server-error', {
      evidence: ['a sidecar proxy that cannot reach the API answers so too'],
      next: ['kubectl get --raw /readyz?verbose'],
    }),
});
