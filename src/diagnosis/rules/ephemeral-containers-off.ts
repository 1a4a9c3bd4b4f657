import { defineRule } from '../../model/rule.ts';
import { refusalOf } from '../refusal.ts';
import { oneLine } from '../wording.ts';

export default defineRule({
  id: 'ephemeral-containers-off',
  code: 'NC1109',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: [],
  evaluate: ({ entry }) =>
    entry.state === 'refused' && refusalOf(entry, 'no-subresource') !== undefined
      ? [
          {
            confidence: 'certain',
            summary:
              'This API server has no ephemeral containers; they came with Kubernetes 1.23, and may be switched off',
            evidence: [
              oneLine(entry.message),
              'ask whoever runs the cluster: until then only a pod of its own can be checked, beside this one',
            ],
            next: ['kubectl version', 'kubectl get --raw /api/v1 | grep -o pods/ephemeralcontainers'],
          },
        ]
      : [],
});
