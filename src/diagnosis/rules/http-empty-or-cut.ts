import { defineRule } from '../../model/rule.ts';
import { httpDrafts } from '../http.ts';

export default defineRule({
  id: 'http-empty-or-cut',
  code: 'NC7105',
  layer: 'protocol',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ observations, internetMode }) =>
    httpDrafts(observations, internetMode, 'http-empty-or-cut', {
      evidence: ['a proxy or load balancer between, or a server that restarts, looks like this'],
      next: ['kubectl get --raw /readyz?verbose'],
    }),
});
