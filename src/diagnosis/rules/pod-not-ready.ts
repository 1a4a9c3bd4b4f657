import { defineRule } from '../../model/rule.ts';
import { conditionOf, eventMessages, podTroubles } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** A warning: what the pod can reach does not depend on it, but Services send it nothing. */
export default defineRule({
  id: 'pod-not-ready',
  code: 'NC1004',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: ['pod'],
  uses: ['podEvents'],
  probes: [],
  evaluate: ({ target, evidence: { pod }, maybe: { podEvents } }) => {
    const ready = conditionOf(pod, 'Ready');
    const probed = pod.spec.containers.some(({ readinessProbe }) => readinessProbe !== undefined);
    const running = pod.status.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;
    if (!running || ready?.status !== 'False' || !probed || podTroubles(pod).length > 0) return [];
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
    ];
  },
});
