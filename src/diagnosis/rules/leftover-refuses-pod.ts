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
    const owner = evidence.pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
    const pod = inCommand(target.pod, 'POD');
    return [
      {
        confidence: 'certain',
        summary: `An earlier ephemeral container of this pod (${listed(leftovers)}) violates Pod Security (${refusal.level}), so nothing more can be added to it`,
        evidence: [
          oneLine(entry.message, 1000),
          'ephemeral containers cannot be removed: only a new pod helps',
          owner === undefined
            ? 'no workload owns this pod: nothing would make it again'
            : `${owner.kind} ${owner.name} owns this pod, and makes a new one when it is deleted`,
        ],
        next: [
          kubectl(target.namespace, 'get', 'pods'),
          owner === undefined
            ? kubectl(target.namespace, 'get', 'pod', pod, '-o', 'yaml')
            : kubectl(target.namespace, 'delete', 'pod', pod),
        ],
      },
    ];
  },
});
