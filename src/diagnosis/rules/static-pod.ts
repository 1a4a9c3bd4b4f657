import { defineRule } from '../../model/rule.ts';
import { refusalOf } from '../refusal.ts';
import { inCommand, kubectl } from '../wording.ts';

export default defineRule({
  id: 'static-pod',
  code: 'NC1107',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: ['pod'],
  probes: [],
  evaluate: ({ target, entry, maybe: { pod } }) => {
    const mirror =
      pod.state === 'known' && pod.value.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
    if (entry.state === 'ran' || (!mirror && refusalOf(entry, 'static-pod') === undefined)) return [];
    return [
      {
        confidence: 'certain',
        summary: `${target.pod} is a static pod, which takes no ephemeral containers`,
        evidence: [
          mirror ? 'it carries the annotation kubernetes.io/config.mirror' : 'told by the API server',
        ],
        next: [
          kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'wide'),
          `kubectl debug node/${pod.state === 'known' ? inCommand(pod.value.spec.nodeName ?? '', 'NODE') : 'NODE'} -it --image=nicolaka/netshoot`,
        ],
      },
    ];
  },
});
