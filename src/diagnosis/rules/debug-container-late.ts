import { defineRule } from '../../model/rule.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

/** Nothing has failed: time was up before the container ran. */
export default defineRule({
  id: 'debug-container-late',
  code: 'NC1113',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: ['pod'],
  probes: [],
  evaluate: ({ target, entry, maybe: { pod } }) => {
    if (entry.state !== 'not-started' || entry.reason !== 'Timeout') return [];
    const pulling = /still being pulled/.test(entry.message);
    const node = pod.state === 'known' ? pod.value.spec.nodeName : undefined;
    const name = inCommand(target.pod, 'POD');
    return [
      {
        confidence: 'certain',
        summary: pulling
          ? 'The debug image was still being pulled when --timeout came'
          : `The debug container had not started when --timeout came${node === undefined ? '' : ` (node ${node})`}`,
        evidence: [
          oneLine(entry.message),
          `container ${entry.container} stays in the pod, starts when it can, and ends by itself; the next run adds a new one`,
        ],
        next: [
          kubectl(target.namespace, 'netcheck', name, '--timeout', '5m'),
          ...(pulling
            ? [kubectl(target.namespace, 'get', 'events', '--field-selector', `involvedObject.name=${name}`)]
            : [
                kubectl(target.namespace, 'describe', 'pod', name),
                `kubectl describe node ${inCommand(node ?? '', 'NODE')}`,
              ]),
        ],
      },
    ];
  },
});
