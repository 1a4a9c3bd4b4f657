import { defineRule } from '../../model/rule.ts';
import { unexplained } from '../explains.ts';
import { isReady, whyNotReady } from '../pods.ts';
import { inCommand, kubectl } from '../wording.ts';

/** What a pod sees of Service addresses that its node does not translate. */
const FOLLOWS: readonly string[] = [
  'service-proxy-broken',
  ...['connection-refused', 'connection-timed-out', 'host-unreachable'].map((id) => `${id}/kubernetes-api`),
  'nameserver-silent',
  'nameserver-refuses-connection',
  'host-unreachable/nameserver',
];

/**
 * Of the pod's own node. Silent where no node has such a pod: something else does its work. A warning where nothing fails for it: the
 * rules that it wrote before it went stay.
 */
export default defineRule({
  id: 'kube-proxy-unhealthy',
  code: 'NC4101',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['pod', 'kubeProxyPods'],
  uses: [],
  probes: [],
  evaluate: ({ evidence: { pod, kubeProxyPods }, findings }) => {
    const node = pod.spec.nodeName;
    if (node === undefined || kubeProxyPods.length === 0) return [];
    const here = kubeProxyPods.filter(({ spec }) => spec.nodeName === node);
    if (here.some(isReady)) return [];
    const [own] = here;
    const open = unexplained(FOLLOWS, findings);
    const dead = open.some(({ id }) => id === 'service-proxy-broken');
    const name = own === undefined ? undefined : inCommand(own.metadata.name, 'POD');
    return [
      {
        severity: open.length > 0 ? 'error' : 'warning',
        confidence: dead ? 'certain' : 'likely',
        summary:
          own === undefined
            ? `No kube-proxy pod runs on ${node}, while other nodes have one: Services that changed since it went lead nowhere from there`
            : `kube-proxy is not ready on ${node}, so Services that changed since it stopped lead nowhere from there`,
        evidence:
          own === undefined
            ? [
                `kube-proxy pods are on: ${kubeProxyPods
                  .flatMap(({ spec }) => spec.nodeName ?? [])
                  .slice(0, 6)
                  .join(', ')}`,
              ]
            : [`pod ${own.metadata.name}: ${whyNotReady(own)}`],
        explains: open.length > 0 ? FOLLOWS : [],
        next:
          name === undefined
            ? [
                kubectl('kube-system', 'get', 'daemonset', 'kube-proxy'),
                `kubectl describe node ${inCommand(node, 'NODE')}`,
              ]
            : [
                kubectl('kube-system', 'logs', name, '--previous', '--tail=50'),
                kubectl('kube-system', 'describe', 'pod', name),
              ],
      },
    ];
  },
});
