import { defineRule } from '../../model/rule.ts';
import { eventMessages } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** The network plugin could not set the pod up, or it runs and has no address. */
export default defineRule({
  id: 'pod-without-address',
  code: 'NC1006',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: ['podEvents'],
  probes: [],
  evaluate: ({ target, entry, evidence: { pod }, maybe: { podEvents } }) => {
    const { phase, podIP = '' } = pod.status;
    if (podIP !== '' || pod.spec.hostNetwork === true || entry.state === 'ran') return [];
    const events = podEvents.state === 'known' ? podEvents.value : [];
    const sandbox = eventMessages(events, 'FailedCreatePodSandBox');
    if (phase !== 'Running' && (phase !== 'Pending' || sandbox.length === 0)) return [];
    return [
      {
        confidence: 'certain',
        summary:
          sandbox.length === 0
            ? `Pod ${target.pod} is running and has no address`
            : `The network of pod ${target.pod} could not be set up on node ${pod.spec.nodeName ?? 'unknown'}`,
        evidence: sandbox,
        explains: ['pod-not-started'],
        next: [
          kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
          'kubectl get pods -n kube-system -o wide',
        ],
      },
    ];
  },
});
