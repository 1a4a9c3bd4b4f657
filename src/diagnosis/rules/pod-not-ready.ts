import { defineRule } from '../../model/rule.ts';
import { unreadyPods } from '../destination/pods/sick-pods.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { conditionOf, eventMessages, podTroubles } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** A warning: what the pod can reach does not depend on it, but Services send it nothing. Of the pods that it is to reach, an error where it breaks that. */
export default defineRule({
  id: 'pod-not-ready',
  code: 'NC1004',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: ['pod'],
  uses: ['podEvents', ...BEHIND_EVIDENCE, 'destinationEvents'],
  probes: BEHIND_PROBES,
  evaluate: ({ target, evidence: { pod }, maybe, destination, gatheredAt, internetMode, observations }) => {
    const { podEvents } = maybe;
    const behind = unreadyPods({ destination, gatheredAt, internetMode, maybe, observations });
    const ready = conditionOf(pod, 'Ready');
    const probed = pod.spec.containers.some(({ readinessProbe }) => readinessProbe !== undefined);
    const running = pod.status.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;
    if (!running || ready?.status !== 'False' || !probed || podTroubles(pod).length > 0) return behind;
    const events = podEvents.state === 'known' ? podEvents.value : [];
    return [
      {
        confidence: 'certain',
        summary: `Pod ${target.pod} is not ready, so Services send it no traffic`,
        evidence: [
          ...(ready.message === undefined ? [] : [ready.message]),
          ...eventMessages(events, 'Unhealthy', 'Readiness'),
        ],
        next: [kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD'))],
      },
      ...behind,
    ];
  },
});
