/** What a new cluster runs: its one node, and CoreDNS as kubeadm installs it. Forms as in shared/api/transcripts.jsonl. */
import type { KubeObject } from '../contract.ts';
import { NODE_NAME, type Plans } from './addresses.ts';
import { timestamp } from './container-status.ts';

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

const IMAGES = [
  'docker.io/nicolaka/netshoot:v0.16',
  'registry.k8s.io/coredns/coredns:v1.12.0',
  'docker.io/lab/web:1',
  'registry.k8s.io/pause:3.10',
];

const nodeObject = (plans: Plans): KubeObject => {
  const now = timestamp();
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
    reason,
    message,
  });
  const resources = {
    cpu: '2',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: '24684084Ki',
    pods: '110',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: NODE_NAME,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': NODE_NAME,
        'kubernetes.io/os': 'linux',
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {},
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        ...plans.map((plan) => ({ type: 'InternalIP', address: plan.node })),
        { type: 'Hostname', address: NODE_NAME },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: '3d1219c7c4c5404aaa1f6d2a48adfda4',
        systemUUID: '3d1219c7c4c5404aaa1f6d2a48adfda4',
        bootID: '7f3b9a3c-c600-483c-9e25-df07ff48cf8f',
        kernelVersion: '6.18.44',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        containerRuntimeVersion: 'containerd://2.1.9',
        kubeletVersion: 'v1.36.2',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
      images: IMAGES.map((name) => ({ names: [name], sizeBytes: 310651665 })),
    },
  };
};

const metadata = (name: string, labels?: Readonly<Record<string, string>>) => ({
  name,
  namespace: 'kube-system',
  ...(labels === undefined ? {} : { labels }),
});
const DNS_LABELS = { 'k8s-app': 'kube-dns' };

/**
 * The node first: the others need it to be scheduled. As kubeadm does it, the DNS Service has one family, the cluster's first,
 * also where the cluster has two.
 */
export const systemObjects = (plans: Plans): readonly KubeObject[] => [
  nodeObject(plans),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('coredns') },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('coredns'), data: { Corefile: COREFILE } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata('coredns', DNS_LABELS),
    spec: {
      replicas: 2,
      selector: { matchLabels: DNS_LABELS },
      template: {
        metadata: { labels: DNS_LABELS },
        spec: {
          serviceAccountName: 'coredns',
          priorityClassName: 'system-cluster-critical',
          dnsPolicy: 'Default',
          containers: [
            {
              name: 'coredns',
              image: 'registry.k8s.io/coredns/coredns:v1.12.0',
              imagePullPolicy: 'IfNotPresent',
              args: ['-conf', '/etc/coredns/Corefile'],
              ports: [
                { name: 'dns', containerPort: 53, protocol: 'UDP' },
                { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
                { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
              ],
              volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
              readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 2 },
            },
          ],
          volumes: [
            {
              name: 'config-volume',
              configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('kube-dns', { ...DNS_LABELS, 'kubernetes.io/name': 'CoreDNS' }),
    spec: {
      selector: DNS_LABELS,
      clusterIP: plans[0].dnsService,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      ],
    },
  },
];
