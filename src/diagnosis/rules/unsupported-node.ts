import type { Node, Pod } from '../../model/kubernetes.ts';
import { defineRule } from '../../model/rule.ts';
import { kubectl } from '../wording.ts';

const windows = (pod: Pod, node: Node | undefined): boolean =>
  pod.spec.os?.name === 'windows' ||
  node?.status?.nodeInfo?.operatingSystem === 'windows' ||
  node?.metadata.labels?.['kubernetes.io/os'] === 'windows';

/** Nodes that are no machines: pods there have no node-local runtime that could add a container. */
const virtualKind = (node: Node | undefined): string | undefined => {
  const labels = node?.metadata.labels ?? {};
  if (labels['eks.amazonaws.com/compute-type'] === 'fargate') return 'Fargate';
  const tainted = node?.spec?.taints?.some(({ key }) => key === 'virtual-kubelet.io/provider') === true;
  return tainted || labels.type === 'virtual-kubelet' ? 'a virtual kubelet' : undefined;
};

export default defineRule({
  id: 'unsupported-node',
  code: 'NC1108',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: ['pod'],
  uses: ['node'],
  probes: [],
  evaluate: ({ target, entry, evidence: { pod }, maybe }) => {
    if (entry.state === 'ran') return [];
    const node = maybe.node.state === 'known' ? maybe.node.value : undefined;
    const kind = windows(pod, node) ? 'Windows' : virtualKind(node);
    if (kind === undefined) return [];
    return [
      {
        confidence: 'certain',
        explains: ['debug-image-unavailable', 'debug-container-failed', 'debug-container-late'],
        summary: `The pod runs on ${kind}, where the debug container cannot be added or run`,
        evidence: [
          `node ${pod.spec.nodeName ?? 'not assigned'}`,
          'the probes need a Linux node that runs containers itself: check a pod of the same workload on one',
        ],
        next: ['kubectl get nodes -o wide', kubectl(target.namespace, 'get', 'pods', '-o', 'wide')],
      },
    ];
  },
});
