import { defineRule } from '../../model/rule.ts';
import { imageAdvice, imageElsewhere, imageFailure } from '../start-failure.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

export default defineRule({
  id: 'debug-image-unavailable',
  code: 'NC1105',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: [],
  evaluate: ({ target, entry }) => {
    const failure = imageFailure(entry);
    if (failure === undefined) return [];
    const pod = inCommand(target.pod, 'POD');
    return [
      {
        confidence: 'certain',
        summary: `The debug image ${failure.image} cannot be had on this node (${failure.reason})`,
        evidence: [
          oneLine(failure.message, 1000),
          imageAdvice(failure.reason, failure.message),
          ...imageElsewhere(failure.image, failure.reason),
          `container ${failure.container} stays listed in the pod and never runs; the next run adds a new one`,
        ],
        next: [
          kubectl(target.namespace, 'netcheck', pod, '--image', 'REGISTRY/netshoot:TAG'),
          kubectl(target.namespace, 'get', 'events', '--field-selector', `involvedObject.name=${pod}`),
        ],
      },
    ];
  },
});
