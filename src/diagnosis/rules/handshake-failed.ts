import { defineRule } from '../../model/rule.ts';
import { httpDrafts } from '../http.ts';

export default defineRule({
  id: 'handshake-failed',
  code: 'NC7004',
  layer: 'tls',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ observations, internetMode }) =>
    httpDrafts(observations, internetMode, 'handshake-failed', {
      evidence: [
        'small packets pass and the handshake does not: a path MTU that is too small, or a filter that reads TLS, looks like this',
      ],
      next: ['ping -M do -s 1372 -c 3 1.1.1.1'],
    }),
});
