import { defineRule } from '../../model/rule.ts';
import { isReady, whyNotReady } from '../pods.ts';
import { inCommand, listed } from '../wording.ts';

/** One that is not ready beside ready ones is a warning: often a configuration that only a new pod reads. */
export default defineRule({
  id: 'dns-pods-not-ready',
  code: 'NC3102',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['dnsPods'],
  uses: [],
  probes: [],
  evaluate: ({ evidence: { dnsPods }, findings }) => {
    const alive = dnsPods.filter(
      ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
    );
    const bad = alive.filter((pod) => !isReady(pod));
    const [first] = bad;
    if (first === undefined) return [];
    const all = bad.length === alive.length;
    const worked =
      all &&
      findings.some(({ id, severity }) => id === 'dns-service-without-endpoints' && severity === 'error');
    const namespace = inCommand(first.metadata.namespace ?? 'kube-system', 'NAMESPACE');
    return [
      {
        severity: worked ? 'error' : 'warning',
        confidence: 'certain',
        summary: `${all ? 'No DNS pod is' : `${bad.length} of ${alive.length} DNS pods ${bad.length === 1 ? 'is' : 'are'} not`} ready: ${listed(bad.map(({ metadata }) => metadata.name))}`,
        evidence: bad.map((pod) => `pod ${pod.metadata.name}: ${whyNotReady(pod)}`),
        explains: all ? ['dns-service-without-endpoints'] : [],
        next: [
          `kubectl describe pod ${inCommand(first.metadata.name, 'POD')} -n ${namespace}`,
          `kubectl logs ${inCommand(first.metadata.name, 'POD')} -n ${namespace} --tail=50`,
        ],
      },
    ];
  },
});
