import { defineRule } from '../../model/rule.ts';
import { nodesBehind } from '../destination/pods/sick-nodes.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { PRESSURES, troubleOf } from '../node-trouble.ts';
import { inCommand } from '../wording.ts';

/** A node that is not ready, yet ran the probes, is a warning; so is pressure. Of the nodes of the pods that it is to reach, an error where that breaks. */
export default defineRule({
  id: 'node-not-ready',
  code: 'NC1110',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['node'],
  uses: [...BEHIND_EVIDENCE, 'destinationEvents', 'destinationNodes'],
  probes: BEHIND_PROBES,
  evaluate: ({ entry, evidence: { node }, destination, gatheredAt, internetMode, maybe, observations }) => {
    const trouble = troubleOf(node);
    const behind = nodesBehind(
      { destination, gatheredAt, internetMode, maybe, observations },
      node.metadata.name,
    );
    if (trouble === undefined) return behind;
    return [
      {
        severity: entry.state === 'ran' || PRESSURES.includes(trouble.type) ? 'warning' : 'error',
        confidence: 'certain',
        summary: `Node ${node.metadata.name} is ${trouble.text}`,
        evidence: trouble.lines,
        explains: [
          'debug-container-failed',
          'debug-container-late',
          'kubelet-unreachable',
          'debug-image-unavailable',
          'pod-not-started',
          'pod-without-address',
        ],
        next: [
          `kubectl describe node ${inCommand(node.metadata.name, 'NODE')}`,
          `kubectl get pods -A --field-selector spec.nodeName=${inCommand(node.metadata.name, 'NODE')} -o wide`,
        ],
      },
      ...behind,
    ];
  },
});
