import { defineRule } from '../../model/rule.ts';
import { httpDrafts } from '../http.ts';

export default defineRule({
  id: 'not-tls',
  code: 'NC7005',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ observations, internetMode }) =>
    httpDrafts(observations, internetMode, 'not-tls', {
      evidence: ['something else listens on that port, or a proxy answers in its place'],
      next: [],
    }),
});
