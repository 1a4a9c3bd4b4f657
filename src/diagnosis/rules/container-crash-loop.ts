import { defineRule } from '../../model/rule.ts';
import { crashingPods } from '../destination/pods/sick-pods.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { containerTrouble } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** Of the pod itself: containers that cannot reach what they need crash as well, so beside a broken network it is a warning. And of the pods that it is to reach. */
export default defineRule({
  id: 'container-crash-loop',
  code: 'NC1005',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: [...BEHIND_EVIDENCE, 'destinationEvents'],
  probes: BEHIND_PROBES,
  evaluate: (input) => {
    const {
      target,
      evidence: { pod },
      findings,
    } = input;
    const behind = crashingPods(input);
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return behind;
    const looping = [
      ...(pod.status.initContainerStatuses ?? []),
      ...(pod.status.containerStatuses ?? []),
    ].filter(
      ({ state, restartCount = 0 }) =>
        state?.waiting?.reason === 'CrashLoopBackOff' ||
        (restartCount > 0 && state?.terminated !== undefined && state.terminated.exitCode !== 0),
    );
    const network = findings.some(({ severity, role }) => severity === 'error' && role === 'symptom');
    const own = looping.map((status) => ({
      severity: network ? ('warning' as const) : ('error' as const),
      confidence: 'certain' as const,
      about: status.name,
      summary: `Container ${status.name} of pod ${target.pod} ends again and again (${status.restartCount ?? 0} restarts)${network ? ', which may follow from the network' : ''}`,
      evidence: [containerTrouble(status) ?? ''].filter((line) => line !== ''),
      next: [
        kubectl(
          target.namespace,
          'logs',
          inCommand(target.pod, 'POD'),
          '-c',
          inCommand(status.name, 'CONTAINER'),
          '--previous',
          '--tail=50',
        ),
        kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
      ],
    }));
    return [...own, ...behind];
  },
});
