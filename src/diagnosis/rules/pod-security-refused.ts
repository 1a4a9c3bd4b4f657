import { defineRule } from '../../model/rule.ts';
import { leftoversIn } from '../leftovers.ts';
import { refusalOf } from '../refusal.ts';
import { inCommand, kubectl, listed, oneLine } from '../wording.ts';

/** `restricted` of `restricted:v1.30`. */
const levelIn = (level: string): string => /^(baseline|restricted)/.exec(level)?.[0] ?? 'LEVEL';

/** Our container, or the app's own; an earlier ephemeral container is `leftover-refuses-pod`. */
export default defineRule({
  id: 'pod-security-refused',
  code: 'NC1102',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: ['pod'],
  probes: [],
  evaluate: ({ target, entry, maybe }) => {
    const refusal = refusalOf(entry, 'pod-security');
    if (refusal === undefined || entry.state !== 'refused') return [];
    const { level, containers } = refusal;
    if (leftoversIn(containers, entry.container, maybe.pod).length > 0) return [];
    const ours = containers.includes(entry.container);
    const theirs = containers.filter((name) => name !== entry.container);
    const namespace = inCommand(target.namespace, 'NAMESPACE');
    return [
      {
        confidence: 'certain',
        summary: ours
          ? `Pod Security (${level}) of namespace ${target.namespace} refuses the debug container`
          : `Pod Security (${level}) of namespace ${target.namespace} refuses the pod itself${theirs.length === 0 ? '' : ` (container ${listed(theirs)})`}: it is older than the namespace's label, and nothing can be added to it`,
        evidence: [
          oneLine(entry.message, 1000),
          ...(ours
            ? ['the default, --profile restricted, asks for nothing that any level forbids']
            : [
                'not the debug container: what is named was in the pod before it; only a new pod that complies, or a lower label, lets anything in',
              ]),
          `ask whoever sets the labels of namespace ${target.namespace}`,
        ],
        next: [
          `kubectl get namespace ${namespace} --show-labels`,
          ...(ours
            ? [kubectl(target.namespace, 'netcheck', inCommand(target.pod, 'POD'), '--profile', 'restricted')]
            : [
                kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'yaml'),
                // Changes nothing, and warns of every pod that does not comply.
                `kubectl label --dry-run=server --overwrite namespace ${namespace} pod-security.kubernetes.io/enforce=${levelIn(level)}`,
              ]),
        ],
      },
    ];
  },
});
