import type { ContainerStatus, Pod } from '../../model/kubernetes.ts';
import { defineRule } from '../../model/rule.ts';
import { conditionOf, eventMessages, podTroubles, whyNotReady } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** A native sidecar: an init container that stays, and does its work. Others do not wait for it any more. */
const isServingSidecar = (pod: Pod, { name, ready, state }: ContainerStatus): boolean =>
  ready === true &&
  state?.running !== undefined &&
  pod.spec.initContainers?.find((container) => container.name === name)?.restartPolicy === 'Always';

/** A warning where the probes ran all the same (init containers have the network already), and where it is merely starting. */
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
    const init = pod.status.initContainerStatuses?.find(
      (status) => status.state?.terminated?.exitCode !== 0 && !isServingSidecar(pod, status),
    );
    const sandbox = eventMessages(events, 'FailedCreatePodSandBox');
    const mounts = eventMessages(events, 'FailedMount');
    // Pulling an image, or an init container that runs, is a normal part of starting.
    const stuck = unscheduled || podTroubles(pod).length > 0 || sandbox.length > 0 || mounts.length > 0;
    const what = unscheduled
      ? 'is not scheduled to a node'
      : init !== undefined && pod.status.podIP !== undefined
        ? `waits for its init container ${init.name}`
        : 'has not started';
    return [
      {
        severity: entry.state === 'ran' || !stuck ? 'warning' : 'error',
        confidence: 'certain',
        summary: `Pod ${target.pod} ${what}: ${whyNotReady(pod)}`,
        evidence: [
          ...podTroubles(pod),
          ...mounts,
          ...(unscheduled ? eventMessages(events, 'FailedScheduling') : eventMessages(events, 'Failed')),
        ],
        next: [kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD'))],
      },
    ];
  },
});
