import { defineRule } from '../../model/rule.ts';
import { conditionOf, eventMessages, podTroubles, whyNotReady } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** A warning where the probes ran all the same: init containers have the network already. */
export default defineRule({
  id: 'pod-not-started',
  code: 'NC1002',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: ['podEvents'],
  probes: [],
  evaluate: ({ target, entry, evidence: { pod }, maybe: { podEvents } }) => {
    if (pod.status.phase !== 'Pending' || pod.metadata.deletionTimestamp !== undefined) return [];
    const events = podEvents.state === 'known' ? podEvents.value : [];
    const unscheduled =
      conditionOf(pod, 'PodScheduled')?.status === 'False' || pod.spec.nodeName === undefined;
    const init = pod.status.initContainerStatuses?.find(({ state }) => state?.terminated?.exitCode !== 0);
    const what = unscheduled
      ? 'is not scheduled to a node'
      : init !== undefined && pod.status.podIP !== undefined
        ? `waits for its init container ${init.name}`
        : 'has not started';
    return [
      {
        severity: entry.state === 'ran' ? 'warning' : 'error',
        confidence: 'certain',
        summary: `Pod ${target.pod} ${what}: ${whyNotReady(pod)}`,
        evidence: [
          ...podTroubles(pod),
          ...(unscheduled ? eventMessages(events, 'FailedScheduling') : eventMessages(events, 'Failed')),
        ],
        next: [kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD'))],
      },
    ];
  },
});
