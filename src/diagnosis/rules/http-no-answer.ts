import { defineRule } from '../../model/rule.ts';
import { httpDrafts } from '../http.ts';

export default defineRule({
  id: 'http-no-answer',
  code: 'NC7104',
  layer: 'protocol',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ observations, internetMode }) =>
    httpDrafts(observations, internetMode, 'http-no-answer', {
      evidence: ['the connection stands, the other end stays silent'],
      next: ['kubectl get --raw /readyz?verbose'],
    }),
});
