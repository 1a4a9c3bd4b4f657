import { defineRule } from '../../model/rule.ts';
import { podTroubles } from '../pods.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

/** Also a pod that is being deleted: the API server accepts a debug container there too, and it never runs. */
export default defineRule({
  id: 'pod-finished',
  code: 'NC1003',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: [],
  probes: [],
  evaluate: ({ target, entry, evidence: { pod } }) => {
    const { phase, reason, message } = pod.status;
    const finished = phase === 'Succeeded' || phase === 'Failed';
    const leaving = pod.metadata.deletionTimestamp !== undefined && entry.state !== 'ran';
    if (!finished && !leaving) return [];
    return [
      {
        confidence: 'certain',
        summary: finished
          ? `Pod ${target.pod} has finished (${phase}${reason === undefined ? '' : `, ${reason}`}), so it has no network to check`
          : `Pod ${target.pod} is being deleted, so nothing more can run in it`,
        evidence: [...(message === undefined ? [] : [oneLine(message)]), ...podTroubles(pod)],
        next: [
          kubectl(target.namespace, 'get', 'pods'),
          kubectl(target.namespace, 'logs', inCommand(target.pod, 'POD'), '--all-containers', '--tail=50'),
        ],
      },
    ];
  },
});
