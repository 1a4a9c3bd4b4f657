/** DaemonSet → one pod for each node that its template may run on. */
import type { Loose } from '../api/json.ts';
import type { KubeObject, Store } from '../contract.ts';
import { fromKey, ownedBy, setStatus } from './owners.ts';
import { createPod, deletePod, isActive, isReady } from './pods.ts';
import { nodeProblem } from './scheduler-fit.ts';

/** Taints that a DaemonSet's pods bear in any case. */
const BORNE: readonly (readonly [key: string, effect: string])[] = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
  ['node.kubernetes.io/network-unavailable', 'NoSchedule'],
];

const placedOn = (spec: Loose, node: string): Loose => ({
  tolerations: [
    ...(spec.tolerations ?? []),
    ...BORNE.map(([key, effect]) => ({ key, operator: 'Exists', effect })),
  ],
  affinity: {
    ...spec.affinity,
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
      },
    },
  },
});

const nodeOf = (pod: KubeObject): string =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.[0]
    ?.matchFields?.[0]?.values?.[0] ?? pod.spec.nodeName;

export const reconcileDaemonSet = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const set = store.get('daemonsets', namespace, name);
  if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
  const spec = set.spec.template.spec;
  const nodes = store
    .list('nodes')
    .filter((node) => nodeProblem({ ...spec, ...placedOn(spec, node.metadata.name) }, node) === undefined)
    .filter(
      (node) =>
        nodeProblem(
          { nodeSelector: spec.nodeSelector, affinity: spec.affinity, tolerations: [{ operator: 'Exists' }] },
          node,
        ) === undefined,
    )
    .map((node) => node.metadata.name);
  const active = ownedBy(store, 'pods', set).filter(isActive);
  for (const node of nodes) {
    if (active.some((pod) => nodeOf(pod) === node)) continue;
    createPod(store, set, 'daemonset-controller', { spec: placedOn(spec, node) });
  }
  for (const pod of active) if (!nodes.includes(nodeOf(pod))) deletePod(store, pod);
  const now = ownedBy(store, 'pods', set).filter(isActive);
  const ready = now.filter(isReady).length;
  setStatus(store, 'daemonsets', set, {
    observedGeneration: set.metadata.generation,
    desiredNumberScheduled: nodes.length,
    currentNumberScheduled: now.length,
    updatedNumberScheduled: now.length,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    numberUnavailable: nodes.length - ready || undefined,
  });
};
