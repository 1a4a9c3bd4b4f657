/** The node: one that is none, one that is not ready, and what is no gate. */
import { applied, type Expected, type Gate, NAMESPACE, nodePatched, podObject } from '../gate.ts';

const NEVER_RUNS = { status: 'inconclusive', exit: 4, entry: 'not-started' } as const;
const NOT_TRIED = { status: 'inconclusive', exit: 4, entry: 'not-attempted' } as const;
const WELL: Expected = { status: 'healthy', exit: 0, codes: [], entry: 'ran' };

const condition = (type: string, status: string, reason: string, message: string) => ({
  type,
  status,
  reason,
  message,
});
const READY = condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status');
const conditions = (...all: readonly object[]) => ({ status: { conditions: all } });
const GONE = condition('Ready', 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.');
const stopped = { metadata: { annotations: { 'sandbox.netcheck/kubelet': 'stopped' } } };

/** Their kubelets are none: what is added to a pod there is accepted, and never heard of again. */
const VIRTUAL: readonly (readonly [name: string, kind: string, merge: Readonly<Record<string, unknown>>])[] =
  [
    [
      'a virtual kubelet, by its label',
      'a virtual kubelet',
      { metadata: { labels: { type: 'virtual-kubelet' } } },
    ],
    [
      'a virtual kubelet, by its taint',
      'a virtual kubelet',
      { spec: { taints: [{ key: 'virtual-kubelet.io/provider', value: 'azure', effect: 'NoSchedule' }] } },
    ],
    ['Fargate', 'Fargate', { metadata: { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } } }],
  ];

export const node: readonly Gate[] = [
  {
    name: 'a static pod',
    steps: [applied(podObject('mirror', { annotations: { 'kubernetes.io/config.mirror': '0b1c2d' } }))],
    pod: 'mirror',
    expect: {
      ...NOT_TRIED,
      codes: ['NC1107'],
      says: ['static pod', 'kubernetes.io/config.mirror'],
      next: ['kubectl debug node/node-1 -it --image=nicolaka/netshoot'],
    },
  },
  {
    name: 'a static pod, as the API server says it (422)',
    arrange: (cluster) => {
      cluster.api.faults.add({
        on: { subresource: 'ephemeralcontainers' },
        action: {
          kind: 'meanwhile',
          happens: () => {
            cluster.store.update('pods', NAMESPACE, 'client', (one) => ({
              ...one,
              metadata: {
                ...one.metadata,
                annotations: { ...one.metadata.annotations, 'kubernetes.io/config.mirror': '0b1c2d' },
              },
            }));
          },
        },
      });
    },
    expect: {
      status: 'inconclusive',
      exit: 4,
      entry: 'refused',
      codes: ['NC1107'],
      says: ['static pod', 'told by the API server'],
      next: ['kubectl debug node/node-1 -it --image=nicolaka/netshoot'],
    },
  },
  {
    name: 'a Windows pod (spec.os)',
    steps: [applied(podObject('win', { spec: { os: { name: 'windows' } } }))],
    pod: 'win',
    expect: { ...NOT_TRIED, codes: ['NC1108'], says: ['Windows', 'Linux'] },
  },
  {
    name: 'a Windows node, and a pod that does not say so',
    steps: [
      nodePatched({
        metadata: {
          labels: { 'kubernetes.io/os': 'windows' },
          annotations: { 'sandbox.netcheck/registry': 'platform', 'sandbox.netcheck/absent-images': '*' },
        },
        status: { nodeInfo: { operatingSystem: 'windows' } },
      }),
    ],
    expect: {
      ...NEVER_RUNS,
      codes: ['NC1108', 'NC1105'],
      says: ['inconclusive: NC1108', 'Windows', 'node-1'],
      next: ['kubectl get pods -o wide -n shop'],
      beforeStatus: true,
    },
  },
  ...VIRTUAL.map(
    ([name, kind, merge]): Gate => ({
      name,
      steps: [nodePatched(stopped), nodePatched(merge)],
      args: ['--timeout', '4s'],
      expect: {
        ...NEVER_RUNS,
        codes: ['NC1108', 'NC1113'],
        says: ['inconclusive: NC1108', kind, 'node-1'],
        next: ['kubectl get nodes -o wide', 'kubectl get pods -o wide -n shop'],
      },
    }),
  ),
  {
    name: 'a taint of another kind',
    nearMiss: true,
    steps: [nodePatched({ spec: { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] } })],
    expect: WELL,
  },
  {
    name: 'the node is not ready, and its kubelet has stopped',
    steps: [nodePatched({ ...stopped, ...conditions(GONE) })],
    args: ['--timeout', '4s'],
    expect: {
      status: 'broken',
      exit: 3,
      codes: ['NC1110', 'NC1113'],
      entry: 'not-started',
      says: ['Node node-1 is not ready', 'Kubelet stopped posting node status.'],
      next: [
        'kubectl describe node node-1',
        'kubectl get pods -A --field-selector spec.nodeName=node-1 -o wide',
      ],
    },
  },
  {
    name: 'the node says that it is not ready, and runs our container all the same',
    nearMiss: true,
    steps: [nodePatched(conditions(condition('Ready', 'False', 'KubeletNotReady', 'PLEG is not healthy')))],
    expect: { ...WELL, codes: ['NC1110'], says: ['healthy:', 'Node node-1 is not ready'] },
  },
  {
    name: 'NetworkUnavailable, and our container runs',
    steps: [
      nodePatched(
        conditions(
          READY,
          condition('NetworkUnavailable', 'True', 'NoRouteCreated', 'RouteController failed'),
        ),
      ),
    ],
    expect: { ...WELL, codes: ['NC1110'], says: ['healthy:', 'without network (NetworkUnavailable)'] },
  },
  {
    name: 'pressure is a warning only',
    nearMiss: true,
    steps: [
      nodePatched(
        conditions(READY, condition('MemoryPressure', 'True', 'KubeletHasInsufficientMemory', 'low')),
      ),
    ],
    expect: { ...WELL, codes: ['NC1110'], says: ['healthy:', 'under MemoryPressure'] },
  },
  {
    name: 'a cordoned node is no gate',
    nearMiss: true,
    steps: [
      nodePatched({
        spec: {
          unschedulable: true,
          taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
        },
      }),
    ],
    expect: { ...WELL, not: ['NC1110'] },
  },
  {
    name: 'the kubelet has stopped, and its node still counts as ready',
    steps: [nodePatched(stopped)],
    args: ['--timeout', '4s'],
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1113'],
      entry: 'not-started',
      says: ['had not started when --timeout came', 'node-1'],
      next: ['kubectl describe node node-1', 'kubectl describe pod client -n shop'],
    },
  },
];
