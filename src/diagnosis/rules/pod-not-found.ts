import { defineRule } from '../../model/rule.ts';
import { nearNames } from '../near.ts';
import { refusalOf } from '../refusal.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

export default defineRule({
  id: 'pod-not-found',
  code: 'NC1001',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['pod', 'podNames', 'namespace'],
  probes: [],
  evaluate: ({ target, entry, maybe: { pod, podNames, namespace } }) => {
    const gone = refusalOf(entry, 'no-pod') !== undefined;
    if (pod.state !== 'absent' && !gone) return [];
    const names = podNames.state === 'known' ? podNames.value : [];
    const near = nearNames(target.pod, names);
    const place = inCommand(target.namespace, 'NAMESPACE');
    return [
      {
        confidence: 'certain',
        summary: `There is no pod ${target.pod} in namespace ${target.namespace}${gone && pod.state === 'known' ? ' any more' : ''}${near.length === 0 ? '' : `; did you mean ${listed(near)}`}`,
        evidence:
          namespace.state === 'absent'
            ? [`there is no namespace ${target.namespace}`]
            : podNames.state === 'known' && names.length === 0
              ? [`namespace ${target.namespace} has no pods`]
              : [],
        next: [
          ...(namespace.state === 'absent' ? ['kubectl get namespaces'] : []),
          ...near.map((name) => `kubectl netcheck ${inCommand(name, 'POD')} -n ${place}`),
          kubectl(target.namespace, 'get', 'pods'),
          `kubectl get pods -A --field-selector metadata.name=${inCommand(target.pod, 'POD')}`,
        ],
      },
    ];
  },
});
