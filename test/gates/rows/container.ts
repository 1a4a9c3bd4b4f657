/** The debug container was added, and does not do its work. */
import type { SandboxCluster } from '../../sandbox/cluster.ts';
import { applied, type Expected, type Gate, NAMESPACE, podObject } from '../gate.ts';

const failed = (expected: Partial<Expected>): Expected => ({
  status: 'inconclusive',
  exit: 4,
  codes: ['NC1106'],
  entry: 'ran',
  ...expected,
});
const OTHER = (pod: string) => `kubectl netcheck ${pod} --image REGISTRY/netshoot:TAG -n shop`;

/** As the API server says it when it cannot get through to the node's kubelet. */
const unreadableLog = (why: string) => (cluster: SandboxCluster) => {
  cluster.api.faults.add({
    on: { resource: 'pods', subresource: 'log' },
    action: {
      kind: 'status',
      code: 500,
      message: `Get "https://192.168.240.10:10250/containerLogs/shop/client/netcheck?follow=true": ${why}`,
    },
  });
};
const kubelet = (expected: Partial<Expected>): Expected => ({
  status: 'inconclusive',
  exit: 4,
  codes: ['NC1112'],
  entry: 'ran',
  ...expected,
  says: ['cannot reach the kubelet of node node-1', ...(expected.says ?? [])],
  next: [
    'kubectl logs client -c CONTAINER -n shop',
    'kubectl get node node-1 -o wide',
    ...(expected.next ?? []),
  ],
});

export const container: readonly Gate[] = [
  {
    name: 'runAsNonRoot without a number, and an image whose user is root (CreateContainerConfigError)',
    // OpenShift gives each namespace a range of uids, so ours is left to it; here nobody fills it in.
    steps: [applied(podObject('scc', { annotations: { 'openshift.io/scc': 'restricted-v2' } }))],
    pod: 'scc',
    expect: failed({
      entry: 'not-started',
      beforeStatus: true,
      says: ['CreateContainerConfigError', 'cannot verify user is non-root', 'an image with a numeric USER'],
      next: [OTHER('scc')],
    }),
  },
  {
    name: 'no sh in the image (RunContainerError)',
    args: ['--image', 'docker.io/lab/web:1'],
    expect: failed({
      entry: 'not-started',
      beforeStatus: true,
      says: ['RunContainerError', 'executable file not found', 'no shell'],
      next: [OTHER('client')],
    }),
  },
  {
    name: 'a shell, but no curl, nslookup, nc or ping in the image',
    args: ['--image', 'docker.io/example/shell:1'],
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1114'],
      entry: 'ran',
      says: ['The debug image lacks', 'curl', 'nslookup', 'nc', 'ping', 'ip'],
      next: [OTHER('client'), 'kubectl netcheck client -n shop'],
    },
  },
  {
    name: 'killed as out of memory',
    steps: [applied(podObject('tight', { sandbox: { 'kill-ephemeral': '300ms' } }))],
    pod: 'tight',
    args: ['--no-internet'],
    expect: failed({
      says: ['OOMKilled', 'exit code 137', 'memory limit of the pod'],
      next: ["kubectl get pod tight -o jsonpath='{.spec.containers[*].resources}' -n shop"],
    }),
  },
  {
    name: 'killed half way, by nobody knows whom',
    arrange: (cluster) => {
      cluster.api.faults.add({
        on: { subresource: 'log' },
        times: 1,
        action: {
          kind: 'meanwhile',
          happens: () => {
            const kill = (): void => {
              const added = cluster.store.get('pods', NAMESPACE, 'client')?.spec.ephemeralContainers ?? [];
              const [one] = added;
              if (one === undefined || !cluster.killContainer(NAMESPACE, 'client', one.name, 'Error'))
                setTimeout(kill, 20);
            };
            setTimeout(kill, 250);
          },
        },
      });
    },
    expect: failed({ says: ['ended before it had said everything', 'exit code 137'], not: ['OOMKilled'] }),
  },
  {
    name: 'the API server cannot reach the kubelet: connection refused',
    arrange: unreadableLog('dial tcp 192.168.240.10:10250: connect: connection refused'),
    expect: kubelet({ says: ['connection refused', '10250'], not: ['NC1106'] }),
  },
  {
    name: 'the API server cannot reach the kubelet: i/o timeout',
    arrange: unreadableLog('dial tcp 192.168.240.10:10250: i/o timeout'),
    expect: kubelet({ says: ['i/o timeout', 'firewall'] }),
  },
  {
    name: 'the API server cannot reach the kubelet: konnectivity has no agent',
    arrange: unreadableLog('No agent available'),
    expect: kubelet({
      says: ['No agent available', 'konnectivity'],
      next: ['kubectl get pods -n kube-system -l k8s-app=konnectivity-agent -o wide'],
    }),
  },
  {
    name: "the API server cannot reach the kubelet: the kubelet's certificate is not signed yet",
    arrange: unreadableLog('remote error: tls: internal error'),
    expect: kubelet({ says: ['tls: internal error'], next: ['kubectl get csr'] }),
  },
  {
    name: 'the log is refused with 500 once, and is there when asked again',
    nearMiss: true,
    arrange: (cluster) => {
      cluster.api.faults.add({
        on: { subresource: 'log' },
        times: 3,
        action: {
          kind: 'status',
          code: 500,
          message:
            'Get "https://192.168.240.10:10250/containerLogs/shop/client/netcheck": dial tcp 192.168.240.10:10250: i/o timeout',
        },
      });
    },
    expect: { status: 'healthy', exit: 0, codes: [], entry: 'ran' },
  },
];
