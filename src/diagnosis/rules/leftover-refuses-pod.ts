import { defineRule } from '../../model/rule.ts';
import { leftoversIn } from '../leftovers.ts';
import { refusalOf } from '../refusal.ts';
import { inCommand, kubectl, listed, oneLine } from '../wording.ts';

export default defineRule({
  id: 'leftover-refuses-pod',
  code: 'NC1103',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: ['pod'],
  uses: [],
  probes: [],
  evaluate: ({ target, entry, evidence }) => {
    const refusal = refusalOf(entry, 'pod-security');
    if (refusal === undefined || entry.state !== 'refused') return [];
    const leftovers = leftoversIn(refusal.containers, entry.container, {
      state: 'known',
      value: evidence.pod,
    });
    if (leftovers.length === 0) return [];
    return [
      {
        confidence: 'certain',
        summary: `An earlier ephemeral container of this pod (${listed(leftovers)}) violates Pod Security (${refusal.level}), so nothing more can be added to it`,
        evidence: [
          oneLine(entry.message, 1000),
          'ephemeral containers cannot be removed: only a new pod helps',
        ],
        next: [
          kubectl(target.namespace, 'get', 'pods'),
          kubectl(target.namespace, 'delete', 'pod', inCommand(target.pod, 'POD')),
        ],
      },
    ];
  },
});
